import numpy as np, keras

epochs, images, batch = 30, 6400, 64
rate = keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=0.01,
    decay_steps=epochs * (images // batch),
)
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
net.compile(keras.optimizers.SGD(rate), "mse")
x = np.zeros((images, 4), "float32")
net.fit(x, x[:, :1], batch_size=batch, epochs=1, verbose=0)
now = float(net.optimizer.learning_rate)
print(f"rate after one epoch: {now:.4f}")
