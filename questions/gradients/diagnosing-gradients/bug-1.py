import numpy as np, tensorflow as tf, keras

net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
net.layers[0].set_weights([np.ones((1, 1)), np.zeros(1)])
x, y = np.full((8, 1), 10.0), np.full((8, 1), -10.0)


class Clip(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(x) - y) ** 2)
        grads = tape.gradient(loss, net.trainable_variables)
        grads, _ = tf.clip_by_global_norm(grads, 1.0)
        net.optimizer.apply(grads, net.trainable_variables)


net.compile(keras.optimizers.SGD(0.1), "mse")
before = net.get_weights()[0][0, 0]
net.fit(x, y, batch_size=8, verbose=0, callbacks=[Clip()])
moved = abs(net.get_weights()[0][0, 0] - before)
print("moved at most 0.1:", bool(moved <= 0.1001))
