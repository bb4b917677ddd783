import keras, numpy as np

gamma = keras.Variable([1.0], name="gamma")
kernel = keras.Variable([1.0], name="kernel")
optimizer = keras.optimizers.SGD(0.1, momentum=0.9, weight_decay=0.1)
optimizer.exclude_from_weight_decay(var_names=["gamma"])

nothing = np.zeros(1, "float32")
optimizer.apply([nothing, nothing], [gamma, kernel])
print(round(float(gamma.numpy()[0]), 3), round(float(kernel.numpy()[0]), 3))
