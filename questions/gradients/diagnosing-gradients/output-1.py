import keras

try:
    keras.optimizers.SGD(0.1, clipnorm=1.0, global_clipnorm=5.0)
except ValueError as error:
    print(type(error).__name__)
print(keras.optimizers.SGD(0.1, global_clipnorm=5.0).clipnorm)
