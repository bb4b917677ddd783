"""Import libraries in a waiting process before the snippet comes.

They are imported by name and not by `import`, because this code runs only in the snippet's process,
never in the app's.
"""

from importlib import import_module


def numpy() -> None:
    """Import NumPy, and matplotlib with what it loads when the first figure is made."""
    import_module("numpy")
    plt = import_module("matplotlib.pyplot")
    plt.close(plt.figure())


def tf() -> None:
    """Import TensorFlow and run one tiny fit; the first one starts threads and loads kernels.

    Afterwards layer names and Keras' own generator are as in a fresh process.
    """
    numpy()
    np, tensorflow, keras = (import_module(name) for name in ("numpy", "tensorflow", "keras"))
    layers = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Flatten()])
    model.add(layers.Dense(2))
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    images = np.zeros((4, 8, 8, 3), "float32")
    model.fit(images, np.zeros(4, "int32"), batch_size=2, verbose=0)
    model.predict(images, verbose=0)
    with tensorflow.GradientTape() as tape:
        loss = tensorflow.reduce_sum(model(images) ** 2)
    tape.gradient(loss, model.trainable_variables)
    keras.backend.clear_session()
