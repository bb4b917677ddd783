"""Define how every arm of an experiment is trained."""

import pkgutil
from dataclasses import dataclass
from pathlib import Path

from resnet_core.experiment import schedules as schedules  # registers them
from resnet_core.experiment.checks.combinations import against_training
from resnet_core.experiment.checks.values import (
    ExperimentError,
    check,
    number,
    one_of,
    rising,
    whole,
)
from resnet_core.experiment.variants.schedule import SCHEDULES

PRECISIONS = ("float32", "bfloat16")
# The optimizers by name, because reading their files would import TensorFlow.
_FOLDER = Path(__file__).parents[1] / "nn" / "training" / "optimizers"
OPTIMIZERS = tuple(
    sorted((m.name for m in pkgutil.iter_modules([str(_FOLDER)])), key=lambda name: name != "sgd")
)


@dataclass(frozen=True)
class TrainConfig:
    """Describe how every arm is trained, on the same batches in the same order.

    `optimizer` is SGD with momentum by default; for AdamW `momentum` is its β1. `weight_decay` is
    the L2 term of He et al. 2015 §3.4. It is added to the gradients of kernels and, with
    `decay_norms`, to those of BatchNorm and biases; AdamW subtracts it from the weights directly.
    `schedule` is the course of the rate: "step" falls to a tenth at each step of `decay_at` (§4.2:
    32,000 and 48,000 of 64,000). `warmup` is the number of steps over which the rate rises
    linearly. `clip_norm` limits the norm of all gradients together; 0 means no limit.
    `label_smoothing` is the share of the target that is spread over all classes; the recorded loss
    includes it. `flow_every` k records the gradient flow at steps 0, k, 2k …; `evaluate_every` 0
    evaluates only at the end. With 0 `steps` nothing is trained and the net is measured as it is.
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
    optimizer: str = "sgd"
    schedule: str = "step"
    clip_norm: float = 0.0
    label_smoothing: float = 0.0
    decay_norms: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.decay_at, list):  # as JSON has it
            object.__setattr__(self, "decay_at", tuple(self.decay_at))
        check(
            *self._whole_numbers(),
            *self._numbers(),
            *(
                (one_of(value, names), name, " or ".join(names), value)
                for name, names in (
                    ("precision", PRECISIONS),
                    ("optimizer", OPTIMIZERS),
                    ("schedule", tuple(SCHEDULES)),
                )
                for value in [getattr(self, name)]
            ),
            (rising(self.decay_at), "decay_at", "steps from 1 on, each once", self.decay_at),
            (isinstance(self.augment, bool), "augment", "true or false", self.augment),
            (isinstance(self.decay_norms, bool), "decay_norms", "true or false", self.decay_norms),
        )
        why = against_training(self)
        if why is not None:
            raise ExperimentError(why)

    def rate_at(self, step: int, peak: float | None = None) -> float:
        """Return the rate of a step, counted from 0; `peak` replaces the configured one."""
        peak = self.learning_rate if peak is None else peak
        if step < self.warmup:
            peak *= (step + 1) / self.warmup
        return SCHEDULES[self.schedule](self, peak, step)

    def _whole_numbers(self) -> list[tuple[bool, str, str, object]]:
        return [
            (whole(value) and least <= value <= most, name, expected, value)
            for name, least, most, expected in (
                ("steps", 0, 1_000_000, "0+"),
                ("batch", 2, 1024, "2 to 1024"),
                ("warmup", 0, 1_000_000, "0 or more steps"),
                ("flow_every", 1, 1_000_000, "1+"),
                ("evaluate_every", 0, 1_000_000, "0 or more steps"),
                ("evaluate_images", 1, 10_000, "1 to 10,000"),
                ("checkpoint_every", 1, 1_000_000, "1 or more steps"),
            )
            for value in [getattr(self, name)]
        ]

    def _numbers(self) -> list[tuple[bool, str, str, object]]:
        rate = self.learning_rate
        return [
            (number(rate) and 0 < rate <= 100, "learning_rate", "above 0, at most 100", rate),
            (
                number(self.momentum) and 0 <= self.momentum < 1,
                "momentum",
                "[0, 1)",
                self.momentum,
            ),
            (
                number(self.weight_decay) and 0 <= self.weight_decay <= 1,
                "weight_decay",
                "0 to 1",
                self.weight_decay,
            ),
            (
                number(self.clip_norm) and 0 <= self.clip_norm <= 1e6,
                "clip_norm",
                "0 (none) or a norm above 0",
                self.clip_norm,
            ),
            (
                number(self.label_smoothing) and 0 <= self.label_smoothing < 1,
                "label_smoothing",
                "[0, 1)",
                self.label_smoothing,
            ),
        ]
