import numpy as np

np.seterr(all="ignore")


def show(what, *values):
    print(f"{what:42s}", *(f"{float(v):.4g}" for v in values))


# Growth: on a loss of curvature 1 a rate of 2.3 multiplies the weight by -1.3.
weight, step = np.float32(1.0), 0
while np.isfinite(weight):
    weight, step = weight - np.float32(2.3) * weight, step + 1
show("growth of 1.3 a step leaves float32 at step", step)

# The end of the range.
show("largest float16", np.finfo(np.float16).max)
show("exp(11) and exp(12) in float16", *np.exp(np.float16([11, 12])))
z = np.float32([200.0, 0.0])
show("softmax of [200, 0] in float32", *(np.exp(z) / np.exp(z).sum()))
z = z - z.max()
p = np.exp(z) / np.exp(z).sum()
show("log of its softmax, log-softmax", np.log(p[1]), (z - np.log(np.exp(z).sum()))[1])

# A variance as the mean of squares minus the square of the mean.
x = np.float32(1e4) + np.float32([0, 1, 2, 3] * 16)
two_ways = (x * x).mean() - x.mean() ** 2, ((x - x.mean()) ** 2).mean()
show("variance of 10000 to 10003, two ways", *two_ways)

# Clipping by the global norm after an overflow.
g = np.float32([3.0, np.inf])
show("[3, inf] times 1 / norm", *(g * (1 / np.linalg.norm(g))))

# One bad pixel among eight images, and BatchNorm's moving average.
images = np.random.default_rng(0).normal(size=(8, 4))
images[5, 0] = np.nan
average = np.zeros(4)
for batch in (images, images[:4], images[:4]):
    average = 0.9 * average + 0.1 * batch.mean(0)
normed = (images - images.mean(0)) / images.std(0)
show("images of 8 with NaN after BatchNorm", np.isnan(normed).any(1).sum())
show("averages still NaN two good batches later", np.isnan(average).sum())
