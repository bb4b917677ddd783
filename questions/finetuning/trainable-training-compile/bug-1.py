import keras, tensorflow as tf

base = keras.layers.Dense(4)
head = keras.layers.Dense(1)
net = keras.Sequential([keras.Input((3,)), base, head])
optimizer = keras.optimizers.SGD(0.1)
x, y = tf.random.normal((16, 3)), tf.ones((16, 1))
variables = net.trainable_variables

before = base.kernel.numpy()
base.trainable = False
for step in range(5):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x, training=True) - y) ** 2)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))

print("the base stays:", bool((before == base.kernel.numpy()).all()))
