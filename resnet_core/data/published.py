"""List what is known of the published CIFAR archives, each fact with its source."""

from dataclasses import dataclass

TORONTO = "https://www.cs.toronto.edu/~kriz/"


@dataclass(frozen=True)
class Archive:
    """Describe a published archive by its `size` in bytes and its `sha256`.

    `members` maps each batch file to its largest size. `record` is the number of bytes of one image
    in the binary layout; its label bytes come first, and the last of them is the class. The `md5`
    of the members tells a folder of the published files from another.
    """

    dataset: str
    layout: str
    file: str
    sha256: str
    size: int | None
    folder: str
    train: tuple[str, ...]
    test: str
    members: dict[str, int]
    label_bytes: int
    classes: int
    md5: dict[str, str]

    @property
    def record(self) -> int:
        return self.label_bytes + 3072


# SHA-256 and sizes of the binary archives: TensorFlow Datasets, url_checksums/cifar10.txt and
# cifar100.txt; SHA-256 of the python archives: Keras 3.15.1, datasets/cifar10.py and cifar100.py;
# MD5 of members: torchvision, datasets/cifar.py; record layout: the data set's own page.
ARCHIVES = (
    Archive(
        "cifar10",
        "binary",
        "cifar-10-binary.tar.gz",
        "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        170_052_171,
        "cifar-10-batches-bin",
        tuple(f"data_batch_{i}.bin" for i in range(1, 6)),
        "test_batch.bin",
        {name: 30_730_000 for name in [f"data_batch_{i}.bin" for i in range(1, 6)]}
        | {"test_batch.bin": 30_730_000},
        1,
        10,
        {},
    ),
    Archive(
        "cifar10",
        "python",
        "cifar-10-python.tar.gz",
        "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
        170_498_071,
        "cifar-10-batches-py",
        tuple(f"data_batch_{i}" for i in range(1, 6)),
        "test_batch",
        {name: 31_035_999 for name in [f"data_batch_{i}" for i in range(1, 6)]}
        | {"test_batch": 31_035_999},
        1,
        10,
        {
            "data_batch_1": "c99cafc152244af753f735de768cd75f",
            "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
            "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
            "data_batch_4": "634d18415352ddfa80567beed471001a",
            "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
            "test_batch": "40351d587109b95175f43aff81a1287e",
        },
    ),
    Archive(
        "cifar100",
        "binary",
        "cifar-100-binary.tar.gz",
        "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
        168_513_733,
        "cifar-100-binary",
        ("train.bin",),
        "test.bin",
        {"train.bin": 153_700_000, "test.bin": 30_740_000},
        2,
        100,
        {},
    ),
    Archive(
        "cifar100",
        "python",
        "cifar-100-python.tar.gz",
        "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
        None,
        "cifar-100-python",
        ("train",),
        "test",
        {"train": 156_000_000, "test": 32_000_000},
        2,
        100,
        {
            "train": "16019d7e3df5f24257cddd939b257f8d",
            "test": "f0ef6b0ae62326f3e7ffdfab6717acfc",
        },
    ),
)

CIFAR10_NAMES = tuple("airplane automobile bird cat deer dog frog horse ship truck".split())
CIFAR100_NAMES = tuple(
    (
        "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus "
        "butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach "
        "couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster "
        "house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree "
        "motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear "
        "pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket "
        "rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar "
        "sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip "
        "turtle wardrobe whale willow_tree wolf woman worm "
    ).split()
)
CLASS_NAMES = {"cifar10": CIFAR10_NAMES, "cifar100": CIFAR100_NAMES}
TITLES = {"cifar10": "CIFAR-10", "cifar100": "CIFAR-100"}
UNPUBLISHED = " (not the published data set)"  # follows the title of data that a person named


def archives(dataset: str) -> tuple[Archive, ...]:
    """Return the archives of one data set, the binary layout first."""
    return tuple(archive for archive in ARCHIVES if archive.dataset == dataset)
