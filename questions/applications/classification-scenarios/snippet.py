import numpy as np, keras
from keras import layers, ops

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)

# One trunk. The labels decide the head: one of ten, or any of ten.
image = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
trunk = keras.Model(image, layers.GlobalAveragePooling2D()(x))
one_of_ten = layers.Dense(10, activation="softmax")
any_of_ten = layers.Dense(10, activation="sigmoid")
features = trunk(rng.normal(size=(4, 32, 32, 3)))
print(f"softmax_sum={np.sum(one_of_ten(features)[0]):.2f}")
print(f"sigmoid_sum={np.sum(any_of_ten(features)[0]):.2f}")

# Video: the mean over frames cannot tell a clip from its reverse.
frames = trunk(rng.normal(size=(8, 32, 32, 3)))[None]  # (1, 8, 32)
in_time = layers.Conv1D(32, 3, activation="relu")


def same_backwards(head):
    return np.allclose(head(frames), head(frames[:, ::-1]), atol=1e-5)


mean = lambda f: one_of_ten(ops.mean(f, axis=1))
temporal = lambda f: one_of_ten(ops.mean(in_time(f), axis=1))
print("frame mean, backwards the same:", same_backwards(mean))
print("3 frames at a time, the same:", same_backwards(temporal))


# Leakage: labels are a coin flip for each patient, so there is nothing
# to learn. Only a split by patient says so.
def nearest_neighbour(x, y, test):
    far = ((x[test][:, None] - x[~test][None]) ** 2).sum(-1)
    return np.mean(y[~test][far.argmin(1)] == y[test])


by_image, by_patient = [], []
for _ in range(20):
    patient = np.repeat(np.arange(60), 5)
    look = rng.normal(size=(60, 16))  # what this patient looks like
    x = look[patient] + 0.3 * rng.normal(size=(300, 16))
    y = rng.integers(0, 2, 60)[patient]
    by_image.append(nearest_neighbour(x, y, rng.random(300) < 0.2))
    held = rng.choice(60, 12, replace=False)
    by_patient.append(nearest_neighbour(x, y, np.isin(patient, held)))
print(f"split_by_image={np.mean(by_image):.2f}")
print(f"split_by_patient={np.mean(by_patient):.2f}")

# Long tail: dividing by the class frequency moves the decision.
frequency, said = np.array([0.99, 0.01]), np.array([0.80, 0.20])
balanced = said / frequency / np.sum(said / frequency)
print(f"rare_class_adjusted={balanced[1]:.2f}")
