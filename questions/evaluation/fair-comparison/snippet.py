import numpy as np, keras

apps = keras.applications
images = np.random.default_rng(0).uniform(0, 255, (2, 64, 64, 3))

# Without the head there is no classifier to evaluate.
net = apps.ResNet50(weights=None, include_top=False, input_shape=(64, 64, 3))
features = np.asarray(net(images))
print("include_top=False puts out", features.shape)
print("its argmax over axis 1 has shape", features.argmax(1).shape)

# The same pixel after the two preprocessings of Keras.
pixel = np.array([[[[255.0, 128.0, 0.0]]]])
for name in ("resnet", "resnet_v2"):
    out = getattr(apps, name).preprocess_input(pixel.copy())
    print(f"{name:10s}", out.ravel().round(2))

# Top-1 and top-5 of the same guesses.
rng = np.random.default_rng(1)
labels = rng.integers(0, 10, 1000)
scores = rng.normal(size=(1000, 10))
scores[np.arange(1000), labels] += 1.0
ranks = (scores > scores[np.arange(1000), labels][:, None]).sum(1)
print(f"top-1 {np.mean(ranks < 1):.3f}   top-5 {np.mean(ranks < 5):.3f}")

# One test set, two resamples: what a point of difference is worth.
right = ranks < 1
draws = [right[rng.integers(0, 1000, 1000)].mean() for _ in range(2000)]
low, high = np.quantile(draws, (0.025, 0.975))
print("95 % interval wider than 5 points:", high - low > 0.05)
