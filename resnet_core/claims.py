"""Claims that questions make: an experiment, what is measured, when it holds, and who said it.

A claim's words stand in the question that makes it. Here is only what can be run. The records in
`records/` are what `python -m resnet_core claims --record` measured; a claim that does not hold
is recorded as not holding.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from resnet_core import readings, runs
from resnet_core.experiment import Experiment, NetConfig, TrainConfig
from resnet_core.presets import PRESETS
from resnet_core.wording import Words

RECORDS = Path(__file__).parent / "records"
SEEDS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Claim:
    """`measure` makes one number of a finished run; the claim holds for a run when that number is
    `sense` ("at least" or "at most") `threshold`. `quantity` says what the number is, `paper` what
    the literature says of it, with its own setting.
    """

    name: str
    design: Experiment
    measure: Callable[[runs.History], float]
    sense: str
    threshold: float
    quantity: Words
    paper: Words
    source: str

    def experiment(self, seed: int, dataset: str = "cifar10") -> Experiment:
        return replace(self.design, name=self.name, seed=seed, dataset=dataset)

    def holds(self, value: float) -> bool:
        return value >= self.threshold if self.sense == "at least" else value <= self.threshold


@dataclass(frozen=True)
class Record:
    """What the claim's experiment gave, seed by seed, when it was recorded."""

    claim: str
    data: str
    seeds: tuple[int, ...]
    values: tuple[float, ...]
    threshold: float
    sense: str
    seconds: float
    versions: dict[str, str]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def held(self) -> int:
        """For how many seeds the claim held."""
        claim = CLAIMS[self.claim]
        return sum(claim.holds(value) for value in self.values)


def record(name: str) -> Record | None:
    """The record that ships, or None where a claim was never recorded."""
    path = RECORDS / f"{name}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    return Record(**{**data, "seeds": tuple(data["seeds"]), "values": tuple(data["values"])})


def write_record(made: Record) -> Path:
    path = RECORDS / f"{made.claim}.json"
    runs.write_json(path, asdict(made))
    path.chmod(0o644)
    return path


def _last_losses(past: runs.History) -> float:
    return readings.mean_loss(past, "plain") - readings.mean_loss(past, "residual")


def _ratio_at_0(past: runs.History) -> float:
    return readings.backward_ratio(past.of("flow", "plain")[0])


def _largest_at_0(past: runs.History) -> float:
    return readings.largest_gradient(past.of("flow", "plain")[0])


def _extra_parameters(past: runs.History) -> float:
    built = {event["arm"]: event["parameters"] for event in past.of("built")}
    return float(built["residual"] - built["plain"])


def _at_step_0(**net) -> Experiment:
    """One step of the twins: enough for what is true at initialisation."""
    train = TrainConfig(steps=1, batch=64, learning_rate=0.01, evaluate_images=16)
    return Experiment.twins("step-0", NetConfig(depth=56, width=8, **net), train)


CLAIMS: dict[str, Claim] = {
    claim.name: claim
    for claim in (
        Claim(
            "plain-56-trains-worse",
            PRESETS["skips-56"],
            _last_losses,
            "at least",
            readings.GAP,
            Words(
                "claims.plain-56-trains-worse.quantity",
                {},
                "training loss of the plain net minus that of the residual net, last 10 steps",
            ),
            Words(
                "claims.plain-56-trains-worse.paper",
                {},
                "He et al. 2015, Fig. 6: on CIFAR-10 plain-56 keeps a higher training error than "
                "plain-20, while ResNet-56 has a lower one than ResNet-20, over 64k steps of "
                "batch 128.",
            ),
            "he15 §4.2, Fig. 6",
        ),
        Claim(
            "bn-plain-explodes-at-init",
            _at_step_0(),
            _ratio_at_0,
            "at least",
            readings.STEEP,
            Words(
                "claims.bn-plain-explodes-at-init.quantity",
                {},
                "||dL/dW|| of the plain net's second convolution over that of its last, at step 0",
            ),
            Words(
                "claims.bn-plain-explodes-at-init.paper",
                {},
                "Yang et al. 2019: in wide fully connected nets BatchNorm makes the gradient norm "
                "grow by about 1.21 a layer at initialisation; one step later its range is small.",
            ),
            "yang19 §3–4",
        ),
        Claim(
            "no-bn-glorot-vanishes",
            _at_step_0(batch_norm=False, init="glorot"),
            _largest_at_0,
            "at most",
            readings.UNIFORM,
            Words(
                "claims.no-bn-glorot-vanishes.quantity",
                {},
                "largest ||dL/dW|| of any convolution of the plain net, at step 0",
            ),
            Words(
                "claims.no-bn-glorot-vanishes.paper",
                {},
                "He et al. 2015b, §2.2: with ReLU, Glorot's initialisation halves the variance in "
                "every layer, so signals shrink exponentially with depth.",
            ),
            "heinit15 §2.2",
        ),
        Claim(
            "skips-add-no-parameters",
            _at_step_0(),
            _extra_parameters,
            "at most",
            0.0,
            Words(
                "claims.skips-add-no-parameters.quantity",
                {},
                "trainable parameters of the residual net minus those of the plain net (option A)",
            ),
            Words(
                "claims.skips-add-no-parameters.paper",
                {},
                "He et al. 2015, §3.2: identity shortcuts add neither parameters nor computation, "
                "so plain and residual nets can be compared fairly.",
            ),
            "he15 §3.2",
        ),
    )
}
