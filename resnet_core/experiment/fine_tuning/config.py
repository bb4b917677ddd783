"""Define what all arms of a fine-tuning share: the classes, the images, and the source net."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from resnet_core.experiment.checks.values import check, one_of, whole
from resnet_core.experiment.fine_tuning import splits
from resnet_core.experiment.fine_tuning.kinds import SPLITS
from resnet_core.experiment.fine_tuning.way import Way
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.train import TrainConfig

ROOMS = (splits,)  # importing it registers every split
# In few steps a small net learns most by one-cycle (Smith & Topin 2018, arXiv:1708.07120).
RECIPE = TrainConfig(batch=64, learning_rate=0.1, schedule="one-cycle", augment=True)


@dataclass(frozen=True)
class FineTuning:
    """Describe a move from some classes to others. `ways` maps each arm to its way.

    `images` is how many training images of the new classes there are, equally many of each class.
    `source_steps` is how long the source net learns the other classes first, by RECIPE. Its weights
    are kept, so the next run with the same source starts at once.
    """

    ways: Mapping[str, Way]
    split: str = SPLITS.default
    images: int = 200
    source_steps: int = 600

    def __post_init__(self) -> None:
        check(
            (
                all(isinstance(way, Way) for way in self.ways.values()),
                "ways",
                "a way for each arm",
                dict(self.ways),
            ),
            (one_of(self.split, SPLITS), "split", " or ".join(SPLITS), self.split),
            (
                whole(self.images) and 20 <= self.images <= 50_000,
                "images",
                "20 to 50,000",
                self.images,
            ),
            (
                whole(self.source_steps) and 1 <= self.source_steps <= 100_000,
                "source_steps",
                "1 to 100,000",
                self.source_steps,
            ),
        )

    def to_json(self) -> dict[str, object]:
        """Return the fields as JSON has them."""
        data = {name: getattr(self, name) for name in ("split", "images", "source_steps")}
        return {"ways": {arm: asdict(way) for arm, way in self.ways.items()}, **data}

    def learned(self, dataset: str) -> tuple[int, ...]:
        """Return the numbers of the classes that the source net learns."""
        return SPLITS[self.split].learned[dataset]

    def new(self, dataset: str) -> tuple[int, ...]:
        """Return the numbers of the classes that the arms move to."""
        return SPLITS[self.split].new[dataset]

    def source_net(self, net: NetConfig, dataset: str) -> NetConfig:
        """Return the net that learns the other classes: the same body under another head."""
        return replace(net, classes=len(self.learned(dataset)))

    @property
    def source_train(self) -> TrainConfig:
        """Return how the source net is trained."""
        return replace(RECIPE, steps=self.source_steps, flow_every=self.source_steps)
