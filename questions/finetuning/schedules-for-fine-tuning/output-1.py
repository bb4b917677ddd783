import numpy as np, keras


def schedule(epoch, rate):
    return rate * 0.1


net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
net.compile(keras.optimizers.SGD(0.01), "mse")
callback = keras.callbacks.LearningRateScheduler(schedule)
x = np.zeros((8, 1), "float32")
net.fit(x, x, epochs=4, verbose=0, callbacks=[callback])
print(f"{float(net.optimizer.learning_rate):.0e}")
