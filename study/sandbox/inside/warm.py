"""What a waiting process has done before the snippet comes."""


def numpy() -> None:
    """NumPy, and matplotlib with the backend that hands figures out."""
    import matplotlib.pyplot  # noqa: F401
    import numpy  # noqa: F401


def tf() -> None:
    """TensorFlow imported and one tiny fit done: the first fit pays for threads and kernels.

    Layer names and Keras' own generator are as in a fresh process afterwards.
    """
    import keras
    import matplotlib.pyplot  # noqa: F401
    import numpy as np
    import tensorflow as tf

    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3)])
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(2))
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(np.zeros((4, 8, 8, 3), "float32"), np.zeros(4, "int32"), batch_size=2, verbose=0)
    model.predict(np.zeros((1, 8, 8, 3), "float32"), verbose=0)
    with tf.GradientTape() as tape:
        variable = tf.Variable([1.0])
        loss = tf.reduce_sum(variable * variable)
    tape.gradient(loss, variable)
    keras.backend.clear_session()
