"""What is trained: a net, how it is trained, and the arms of one experiment.

Frozen, checked when made, and the same after a trip through JSON.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from base.messages import Message, UserError
from resnet_core.experiment.diagnostics import DIAGNOSTICS

SHORTCUTS = ("A", "B")
INITS = ("he", "glorot")
DATASETS = ("cifar10", "cifar100", "synthetic")
PRECISIONS = ("float32", "bfloat16")
QUANTITIES = (  # of the gradient flow, by the names that its events have
    "weight_gradient",
    "input_gradient",
    "update_ratio",
    "activation_std",
    "dead_share",
)
SHIPPED = "shipped"
RUN_ID = re.compile(r"[\w-]{1,160}")  # the name of a run's folder, never a path
CLASSES = {"cifar10": 10, "cifar100": 100, "synthetic": 10}


class ExperimentError(UserError):
    """Report the values that no experiment can have, all of them at once."""


@dataclass(frozen=True)
class NetConfig:
    """A CIFAR net of He et al. 2015 (arXiv:1512.03385) §4.2, or its plain twin.

    `depth` counts weight layers, 6n + 2. `width` is the number of channels of the first of
    three stages (16 in the paper). `shortcut` A pads with zeros and has no weights; B projects
    where the shape changes (§3.3). Without `skip` the shortcut is left out and nothing else.
    """

    depth: int = 20
    width: int = 16
    skip: bool = True
    shortcut: str = "A"
    batch_norm: bool = True
    init: str = "he"
    classes: int = 10

    def __post_init__(self) -> None:
        _check(
            (
                _whole(self.depth) and 8 <= self.depth <= 1202 and self.depth % 6 == 2,
                "depth",
                "6n + 2, from 8 to 1202",
                self.depth,
            ),
            (_whole(self.width) and 4 <= self.width <= 160, "width", "4 to 160", self.width),
            (isinstance(self.skip, bool), "skip", "true or false", self.skip),
            (self.shortcut in SHORTCUTS, "shortcut", "A or B", self.shortcut),
            (isinstance(self.batch_norm, bool), "batch_norm", "true or false", self.batch_norm),
            (self.init in INITS, "init", "he or glorot", self.init),
            (_whole(self.classes) and 2 <= self.classes <= 1000, "classes", "2+", self.classes),
        )

    @property
    def blocks_per_stage(self) -> int:
        """Return n of depth 6n + 2."""
        return (self.depth - 2) // 6


@dataclass(frozen=True)
class TrainConfig:
    """How every arm is trained: SGD with momentum on the same batches in the same order.

    `weight_decay` is the L2 term of He et al. 2015 §3.4, added to the gradients of kernels, not
    to those of BatchNorm. `warmup` raises the rate linearly over that many steps; at each step of
    `decay_at` it falls to a tenth (§4.2: 32,000 and 48,000 of 64,000). `flow_every` k records the
    gradient flow at steps 0, k, 2k …; `evaluate_every` 0 evaluates at the end only. With 0 `steps`
    nothing is trained: the net is measured as it is.
    """

    steps: int = 120
    batch: int = 128
    learning_rate: float = 0.1
    momentum: float = 0.9
    weight_decay: float = 1e-4
    warmup: int = 0
    decay_at: tuple[int, ...] = ()
    augment: bool = True
    precision: str = "float32"
    flow_every: int = 1
    evaluate_every: int = 0
    evaluate_images: int = 500
    checkpoint_every: int = 25

    def __post_init__(self) -> None:
        if isinstance(self.decay_at, list):  # as JSON has it
            object.__setattr__(self, "decay_at", tuple(self.decay_at))
        _check(
            (_whole(self.steps) and 0 <= self.steps <= 1_000_000, "steps", "0+", self.steps),
            (_whole(self.batch) and 2 <= self.batch <= 1024, "batch", "2 to 1024", self.batch),
            (
                _number(self.learning_rate) and 0 < self.learning_rate <= 100,
                "learning_rate",
                "above 0, at most 100",
                self.learning_rate,
            ),
            (
                _number(self.momentum) and 0 <= self.momentum < 1,
                "momentum",
                "[0, 1)",
                self.momentum,
            ),
            (
                _number(self.weight_decay) and 0 <= self.weight_decay <= 1,
                "weight_decay",
                "0 to 1",
                self.weight_decay,
            ),
            (_whole(self.warmup) and self.warmup >= 0, "warmup", "0 or more steps", self.warmup),
            (_rising(self.decay_at), "decay_at", "steps from 1 on, each once", self.decay_at),
            (isinstance(self.augment, bool), "augment", "true or false", self.augment),
            (
                self.precision in PRECISIONS,
                "precision",
                "float32 or bfloat16",
                self.precision,
            ),
            (_whole(self.flow_every) and self.flow_every >= 1, "flow_every", "1+", self.flow_every),
            (
                _whole(self.evaluate_every) and self.evaluate_every >= 0,
                "evaluate_every",
                "0 or more steps",
                self.evaluate_every,
            ),
            (
                _whole(self.evaluate_images) and 1 <= self.evaluate_images <= 10_000,
                "evaluate_images",
                "1 to 10,000",
                self.evaluate_images,
            ),
            (
                _whole(self.checkpoint_every) and self.checkpoint_every >= 1,
                "checkpoint_every",
                "1 or more steps",
                self.checkpoint_every,
            ),
        )

    def rate_at(self, step: int, peak: float | None = None) -> float:
        """Return the rate of a step, counted from 0; `peak` replaces the configured one."""
        peak = self.learning_rate if peak is None else peak
        if step < self.warmup:
            peak *= (step + 1) / self.warmup
        return peak / 10.0 ** sum(step >= fall for fall in self.decay_at)


@dataclass(frozen=True)
class Experiment:
    """Arms that see the same batches. `arms` maps a name (as in the legend) to its net.

    `measure` names the diagnostics that are run after the last step. `weights` says where the nets
    start: "" at the initialisation of the seed, "shipped" at the weights that ship for such nets,
    otherwise at the last checkpoint of the run of that id, which lies in the same folder of runs.
    """

    name: str
    arms: Mapping[str, NetConfig]
    train: TrainConfig = field(default_factory=TrainConfig)
    dataset: str = "cifar10"
    seed: int = 0
    measure: tuple[str, ...] = ()
    weights: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.measure, list):  # as JSON has it
            object.__setattr__(self, "measure", tuple(self.measure))
        names = list(self.arms)
        _check(
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
            (_whole(self.seed) and 0 <= self.seed < 2**31, "seed", "0 or more", self.seed),
            (_each_once(self.measure), "measure", " or ".join(DIAGNOSTICS), self.measure),
            (
                isinstance(self.weights, str)
                and (not self.weights or RUN_ID.fullmatch(self.weights) is not None),
                "weights",
                f"nothing, {SHIPPED} or the id of a run",
                self.weights,
            ),
            (
                self.dataset not in DATASETS
                or all(net.classes == CLASSES[self.dataset] for net in self.arms.values()),
                "classes",
                "the number of classes of the data set",
                [net.classes for net in self.arms.values()],
            ),
        )

    @classmethod
    def twins(
        cls, name: str, net: NetConfig, train: TrainConfig | None = None, **other: Any
    ) -> "Experiment":
        """Return `net` with skips and without: they differ in that one field."""
        arms = {"residual": replace(net, skip=True), "plain": replace(net, skip=False)}
        return cls(name, arms, train or TrainConfig(), **other)

    def to_json(self) -> dict[str, Any]:
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        data["arms"] = {name: asdict(net) for name, net in self.arms.items()}
        data["train"] = asdict(self.train)
        return data

    @classmethod
    def from_json(cls, data: object) -> "Experiment":
        """Read an experiment. Raises ExperimentError for what `to_json` could not have written."""
        values = _known(cls, data)
        arms = values.get("arms")
        if not isinstance(arms, dict):
            raise _error([("arms", "an object of nets", arms)])
        values["arms"] = {name: NetConfig(**_known(NetConfig, net)) for name, net in arms.items()}
        values["train"] = TrainConfig(**_known(TrainConfig, values.get("train", {})))
        for required in ("name", "arms"):
            if required not in values:
                raise _error([(required, "to be present", None)])
        return cls(**values)


def _known(cls: type, data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _error([(cls.__name__, "an object", data)])
    unknown = sorted(set(data) - {f.name for f in fields(cls)})
    if unknown:
        raise _error([(key, f"a field of {cls.__name__}", data[key]) for key in unknown])
    return dict(data)


def _check(*rules: tuple[bool, str, str, object]) -> None:
    broken = [(name, expected, received) for holds, name, expected, received in rules if not holds]
    if broken:
        raise _error(broken)


def _error(broken: list[tuple[str, str, object]]) -> ExperimentError:
    told = "; ".join(f"{name}: expected {want}, received {got!r}" for name, want, got in broken)
    english = f"This experiment cannot be run. {told}."
    return ExperimentError(Message("runs.bad_experiment", {"details": told}, english))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _each_once(names: object) -> bool:
    if not isinstance(names, tuple) or not all(name in DIAGNOSTICS for name in names):
        return False
    return len(set(names)) == len(names)


def _rising(steps: object) -> bool:
    if not isinstance(steps, tuple) or not all(_whole(step) and step >= 1 for step in steps):
        return False
    return list(steps) == sorted(set(steps))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
