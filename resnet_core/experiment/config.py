"""Define an experiment: its nets, their training, and its arms.

The objects are frozen, checked when made, and unchanged by a round trip through JSON.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from resnet_core.experiment.checks.values import ExperimentError, check, error, whole
from resnet_core.experiment.diagnostics import MEASURABLE
from resnet_core.experiment.fine_tuning.config import FineTuning
from resnet_core.experiment.fine_tuning.way import Way
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.surgery import change
from resnet_core.experiment.surgery.change import Change
from resnet_core.experiment.train import PRECISIONS, TrainConfig

__all__ = [
    "CLASSES",
    "DATASETS",
    "MOST_SEEDS",
    "PRECISIONS",
    "QUANTITIES",
    "SHIPPED",
    "Experiment",
    "ExperimentError",
    "FineTuning",
    "NetConfig",
    "TrainConfig",
    "Way",
]

DATASETS = ("cifar10", "cifar100", "synthetic")
QUANTITIES = (  # quantities of the gradient flow, by the names in its events
    "weight_gradient",
    "input_gradient",
    "update_ratio",
    "activation_std",
    "dead_share",
)
SHIPPED = "shipped"
MOST_SEEDS = 5
RUN_ID = re.compile(r"[\w-]{1,160}")  # the name of a run's folder, never a path
CLASSES = {"cifar10": 10, "cifar100": 100, "synthetic": 10}


@dataclass(frozen=True)
class Experiment:
    """Define arms that see the same batches. `arms` maps a name (as in the legend) to its net.

    `measure` names the diagnostics that are run after the last step. `weights` says where the nets
    start: "" at the initialisation of the seed, "shipped" at the weights that ship for such nets,
    otherwise at the last checkpoint of the run of that id, which lies in the same folder of runs.
    With more than one of `seeds` the whole is repeated with the seeds that follow `seed`. With
    `fine_tuning` the arms start at the body of a net that has learned other classes of the data.
    `changes` are what is planned to change at steps of the training, in each seed.
    """

    name: str
    arms: Mapping[str, NetConfig]
    train: TrainConfig = field(default_factory=TrainConfig)
    dataset: str = "cifar10"
    seed: int = 0
    measure: tuple[str, ...] = ()
    weights: str = ""
    seeds: int = 1
    fine_tuning: FineTuning | None = None
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.measure, list):  # as JSON has it
            object.__setattr__(self, "measure", tuple(self.measure))
        names = list(self.arms)
        check(
            (
                isinstance(self.name, str) and 1 <= len(self.name) <= 80,
                "name",
                "1 to 80 characters",
                self.name,
            ),
            (1 <= len(names) <= 8, "arms", "1 to 8 arms", len(names)),
            (
                all(name.isidentifier() or name.replace("-", "_").isidentifier() for name in names),
                "arms",
                "names of letters, digits, _ and -",
                names,
            ),
            (self.dataset in DATASETS, "dataset", " or ".join(DATASETS), self.dataset),
            (whole(self.seed) and 0 <= self.seed < 2**31, "seed", "0 or more", self.seed),
            (
                whole(self.seeds) and 1 <= self.seeds <= MOST_SEEDS,
                "seeds",
                f"1 to {MOST_SEEDS}",
                self.seeds,
            ),
            (_each_once(self.measure), "measure", " or ".join(MEASURABLE), self.measure),
            (
                isinstance(self.weights, str)
                and (not self.weights or RUN_ID.fullmatch(self.weights) is not None),
                "weights",
                f"nothing, {SHIPPED} or the id of a run",
                self.weights,
            ),
            (
                self.dataset not in DATASETS
                or all(net.classes == self.classes for net in self.arms.values()),
                "classes",
                "the number of classes of the data set"
                if self.fine_tuning is None
                else "the number of new classes",
                [net.classes for net in self.arms.values()],
            ),
            *self._fine_tuning_rules(),
            *change.rules(self.changes, self.train.steps, self.arms.values()),
        )

    @property
    def classes(self) -> int:
        """Return how many classes the arms tell apart."""
        if self.fine_tuning is None:
            return CLASSES[self.dataset]
        return len(self.fine_tuning.new(self.dataset))

    @classmethod
    def twins(
        cls, name: str, net: NetConfig, train: TrainConfig | None = None, **other: Any
    ) -> "Experiment":
        """Return an experiment of `net` with skips and without, which differ only in that field."""
        arms = {"residual": replace(net, skip=True), "plain": replace(net, skip=False)}
        return cls(name, arms, train or TrainConfig(), **other)

    @property
    def every_seed(self) -> range:
        """Return the seeds, in the order in which they are trained."""
        return range(self.seed, self.seed + self.seeds)

    @property
    def all_steps(self) -> int:
        """Return the steps of all seeds together."""
        return self.seeds * self.train.steps

    def of_seed(self, seed: int) -> "Experiment":
        """Return this experiment with one of its seeds alone."""
        return replace(self, seed=seed, seeds=1)

    def to_json(self) -> dict[str, Any]:
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        data["arms"] = {name: asdict(net) for name, net in self.arms.items()}
        data["train"] = asdict(self.train)
        if self.fine_tuning is not None:
            data["fine_tuning"] = self.fine_tuning.to_json()
        data["changes"] = [one.to_json() for one in self.changes]
        return data

    @classmethod
    def from_json(cls, data: object) -> "Experiment":
        """Read an experiment. Raises ExperimentError if `to_json` could not have written it."""
        values = _known(cls, data)
        arms = values.get("arms")
        if not isinstance(arms, dict):
            raise error([("arms", "an object of nets", arms)])
        values["arms"] = {name: NetConfig(**_known(NetConfig, net)) for name, net in arms.items()}
        values["train"] = TrainConfig(**_known(TrainConfig, values.get("train", {})))
        if values.get("fine_tuning") is not None:
            values["fine_tuning"] = _fine_tuning(values["fine_tuning"])
        values["changes"] = change.from_json(values.get("changes", []))
        for required in ("name", "arms"):
            if required not in values:
                raise error([(required, "to be present", None)])
        return cls(**values)

    def _fine_tuning_rules(self) -> list[tuple[bool, str, str, object]]:
        moved = self.fine_tuning
        if moved is None:
            return []
        return [
            (
                set(moved.ways) == set(self.arms),
                "ways",
                "a way for each arm and no other",
                list(moved.ways),
            ),
            (not self.weights, "weights", "nothing with fine_tuning", self.weights),
            (self.train.steps > 0, "steps", "1+ with fine_tuning", self.train.steps),
        ]


def _each_once(names: object) -> bool:
    if not isinstance(names, tuple) or not all(name in MEASURABLE for name in names):
        return False
    return len(set(names)) == len(names)


def _fine_tuning(data: object) -> FineTuning:
    values = _known(FineTuning, data)
    ways = values.get("ways")
    if not isinstance(ways, dict):
        raise error([("ways", "an object of ways", ways)])
    values["ways"] = {name: Way(**_known(Way, way)) for name, way in ways.items()}
    return FineTuning(**values)


def _known(cls: type, data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise error([(cls.__name__, "an object", data)])
    unknown = sorted(set(data) - {f.name for f in fields(cls)})
    if unknown:
        raise error([(key, f"a field of {cls.__name__}", data[key]) for key in unknown])
    return dict(data)
