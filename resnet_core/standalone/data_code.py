"""Write the code of the images: read from a folder, loaded by Keras, or drawn; then in batches."""

import inspect

from resnet_core.data import batches, synthetic
from resnet_core.experiment.config import Experiment

# What every script of ours reads CIFAR with; `labels` is the key of the labels in a batch.
READ = '''\
def read(folder, pattern):
    """Return the images (N, 32, 32, 3) and labels of a folder of python batches."""
    images, labels = [], []
    for path in sorted(Path(folder).rglob(pattern)):
        batch = pickle.loads(path.read_bytes(), encoding="bytes")
        images.append(batch[b"data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))
        labels.append(np.array(batch[b"labels"], np.uint8))
    return np.ascontiguousarray(np.concatenate(images)), np.concatenate(labels)
'''
FILES = {"cifar10": ("data_batch_*", "test_batch*"), "cifar100": ("train", "test")}
LOADERS = {"cifar10": "cifar10.load_data()", "cifar100": 'cifar100.load_data("fine")'}
FROM_CIFAR = """

if FOLDER:
    train_images, train_labels = read(FOLDER, "{train}")
    test_images, test_labels = read(FOLDER, "{test}")
else:
    train, test = keras.datasets.{loader}
    (train_images, train_labels), (test_images, test_labels) = train, test
    train_labels, test_labels = train_labels.ravel(), test_labels.ravel()
"""
CHECKED = """
digest = hashlib.sha256()
for array in (train_images, train_labels, test_images, test_labels):
    digest.update(np.ascontiguousarray(array, np.uint8))
same_images = digest.hexdigest().startswith("{fingerprint}")
if not same_images:
    print("These are not the images of the run, so the losses will differ.")
"""
DRAWN = """
train_images, train_labels = draw(TRAIN, DRAWING_SEED)
test_images, test_labels = draw(TEST, DRAWING_SEED + 1)
"""
BATCH = '''\
MEAN = train_images[:{first}].mean((0, 1, 2), dtype=np.float64)
DEVIATION = train_images[:{first}].std((0, 1, 2), dtype=np.float64)


def batch_at(step):
    """Return the images and labels of a step. They follow from the seed and the step alone."""
    per_epoch = max(1, len(train_images) // BATCH)
    epoch, place = divmod(step, per_epoch)
    order = np.random.default_rng([SEED, 0, epoch]).permutation(len(train_images))
    chosen = np.take(order, range(place * BATCH, (place + 1) * BATCH), mode="wrap")
    images = train_images[chosen]{augmented}
    return images, train_labels[chosen].astype(np.int32)
'''
AUGMENTED = """
    images = crop_and_flip(images, MEAN, np.random.default_rng([SEED, 1, step]))"""


def images(experiment: Experiment, fingerprint: str) -> str:
    """Return the code that makes the four arrays of images and labels."""
    if experiment.dataset == "synthetic":
        return _drawing() + DRAWN
    train, test = FILES[experiment.dataset]
    read = READ if experiment.dataset == "cifar10" else READ.replace('"labels', '"fine_labels')
    found = FROM_CIFAR.format(train=train, test=test, loader=LOADERS[experiment.dataset])
    return read + found + (CHECKED.format(fingerprint=fingerprint) if fingerprint else "")


def cut(experiment: Experiment) -> str:
    """Return the code of the batches."""
    augmented = experiment.train.augment
    before = f"PAD = {batches.PAD}\n\n\n{inspect.getsource(batches.crop_and_flip)}\n\n"
    code = BATCH.format(first=batches.STATISTICS_FROM, augmented=AUGMENTED if augmented else "")
    return (before if augmented else "") + code


def _drawing() -> str:
    """Return the code that draws the synthetic images, word for word as in our module."""
    constants = f"""\
TRAIN, TEST, CHUNK = {synthetic.TRAIN}, {synthetic.TEST}, {synthetic.CHUNK}
DRAWING_SEED = {synthetic.SEED}
NAMES = range({len(synthetic.NAMES)})  # of the classes: five shapes times two textures
"""
    functions = (
        synthetic.draw,
        synthetic._draw,
        synthetic._axes,
        synthetic._inside,
        synthetic._clutter,
    )
    return constants + "".join(f"\n\n{inspect.getsource(one)}" for one in functions)
