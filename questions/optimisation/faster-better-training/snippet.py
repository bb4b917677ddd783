import warnings
import numpy as np, tensorflow as tf, keras
from keras import layers

keras.utils.set_random_seed(0)
images = np.random.default_rng(0).random((500, 8, 8, 1), "float32")
labels = np.arange(500) % 10

# 1. Outside fit, an augmentation layer augments unless told otherwise.
flip = layers.RandomFlip("horizontal")
augment = keras.Sequential([flip, layers.RandomTranslation(0.2, 0.2)])
shift = layers.RandomTranslation(0.2, 0.2)
changed = not np.allclose(shift(images), images)
print("called without a flag, it augments:", changed)
still = np.allclose(augment(images, training=False), images)
print("unchanged at inference:", still)


# 2. A cache after the augmentation freezes it.
def versions(order):
    data = tf.data.Dataset.from_tensor_slices(images[:1])
    turn = lambda x: augment(x[None], training=True)[0]
    if order == "augment, cache":
        data = data.map(turn).cache()
    else:
        data = data.cache().map(turn)
    seen = [list(data.as_numpy_iterator())[0] for _ in range(6)]
    return len({x.tobytes() for x in seen})


for order in ("augment, cache", "cache, augment"):
    print(f"{order}: {versions(order)} version(s) in 6 epochs")


# 3. steps_per_epoch that leaves a remainder.
class Rows(keras.utils.PyDataset):
    def __len__(self):
        return 8  # seven batches of 64 and one of 52

    def __getitem__(self, i):
        rows = slice(64 * i, 64 * i + 64)
        return images[rows], labels[rows]


for steps in (500 // 64, None):
    sizes = []
    count = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: sizes.append(0),
        on_train_batch_end=lambda batch, logs: sizes.append(
            sizes.pop() + 1
        ),
    )
    model = keras.Sequential([layers.Flatten(), layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("sgd", loss)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(Rows(), steps_per_epoch=steps, epochs=6, verbose=0,
                  callbacks=[count])
    print(f"steps_per_epoch={steps}: batches {sizes}")

# 4. The linear rule, from 0.1 at 256 images.
print(f"rate_8192={0.1 * 8192 / 256:.1f}")
