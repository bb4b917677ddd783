"""Define the named comparisons of the fine-tuning corner: ways that differ in one thing.

Their titles and explanations are in the locales, as `fine_tuning.<name>.title` and `.what`.
"""

from collections.abc import Mapping
from dataclasses import replace

from resnet_core.experiment.config import Experiment, FineTuning, NetConfig, TrainConfig, Way
from resnet_core.experiment.fine_tuning.kinds import SPLITS

NET = NetConfig(depth=8, width=8)
# Few images are where fine-tuning matters: 50 of each class, seen about 20 times.
TRAIN = TrainConfig(
    steps=120,
    batch=32,
    learning_rate=0.1,
    flow_every=10,
    evaluate_every=20,
    evaluate_images=1000,
)
# The rate falls with the batch, by the linear rule (Goyal et al. 2017, section 2.1).
SMALL_BATCH = replace(TRAIN, batch=2, steps=480, learning_rate=0.00625, evaluate_every=80)
DATASET = "cifar10"
SOURCE_STEPS = 600


def comparison(
    name: str,
    ways: Mapping[str, Way],
    train: TrainConfig = TRAIN,
    *,
    net: NetConfig = NET,
    dataset: str = DATASET,
    seed: int = 0,
    split: str = SPLITS.default,
    images: int = 200,
    source_steps: int = SOURCE_STEPS,
) -> Experiment:
    """Return an experiment whose arms are one net, fine-tuned in different ways."""
    moved = FineTuning(ways, split, images, source_steps)
    with_head = replace(net, classes=len(moved.new(dataset)))
    arms = dict.fromkeys(ways, with_head)
    return Experiment(name, arms, train, dataset, seed, fine_tuning=moved)


def on(experiment: Experiment, dataset: str) -> Experiment:
    """Return a comparison on another data set, whose split may have another number of classes."""
    moved = experiment.fine_tuning
    classes = len(SPLITS[moved.split].new[dataset]) if moved else experiment.classes
    arms = {name: replace(net, classes=classes) for name, net in experiment.arms.items()}
    return replace(experiment, arms=arms, dataset=dataset)


FIRST = "head-first"
HALF, TENTH = TRAIN.steps // 2, 0.1

COMPARISONS: dict[str, Experiment] = {
    one.name: one
    for one in (
        comparison(
            FIRST,
            {
                "one-rate": Way(),
                "at-once": Way(body_rate=TENTH),
                "head-first": Way(head_first=HALF, body_rate=TENTH),
            },
        ),
        comparison(
            "how-much",
            {
                "head": Way(trains="head"),
                "last-stage": Way(trains="last-stage", body_rate=TENTH),
                "all": Way(body_rate=TENTH),
            },
        ),
        comparison(
            "from-scratch",
            {
                "pretrained": Way(body_rate=TENTH),
                "scratch": Way(norms="batch", pretrained=False),
            },
        ),
        comparison(
            "statistics",
            {
                "bn-frozen": Way(body_rate=TENTH),
                "bn-free": Way(body_rate=TENTH, norms="batch"),
            },
            SMALL_BATCH,
        ),
        comparison(
            "mistakes",
            {
                "head": Way(trains="head"),
                "drifting": Way(trains="head", norms="drifting"),
                "nothing": Way(trains="nothing"),
            },
        ),
    )
}
