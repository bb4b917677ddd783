import numpy as np, keras

net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
net.layers[0].set_weights([np.ones((1, 1)), np.zeros(1)])
x, y = np.full((8, 1), 10.0), np.full((8, 1), -10.0)

net.compile(keras.optimizers.SGD(0.1, global_clipnorm=1.0), "mse")
before = net.get_weights()[0][0, 0]
net.fit(x, y, batch_size=8, verbose=0)
moved = abs(net.get_weights()[0][0, 0] - before)
print("moved at most 0.1:", bool(moved <= 0.1001))
