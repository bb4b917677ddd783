import numpy as np, keras

rng = np.random.default_rng(0)
x, y = rng.normal(size=(256, 8)), rng.normal(size=(256, 1))
first = []
for rate in (0.01, 0.01):  # the same twice, as a check
    keras.utils.set_random_seed(0)
    net = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
    net.compile(keras.optimizers.SGD(rate), "mse")
    history = net.fit(x, y, epochs=5, shuffle=False, verbose=0).history
    first.append(history["loss"][0])
print("first losses equal:", bool(np.isclose(first[0], first[1])))
