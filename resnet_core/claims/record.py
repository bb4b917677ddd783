"""Read and write the records that ship: what a claim's experiment gave for each seed."""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from base.files import write_json
from resnet_core.claims.catalogue import CLAIMS
from resnet_core.claims.claim import Claim, Predicate, Sense
from resnet_core.claims.fingerprint import of_claim
from resnet_core.claims.interval import Effect, effect

RECORDS = Path(__file__).parent / "records"
ENOUGH = 0.8  # share of the seeds for which a claim must hold


@dataclass(frozen=True)
class ControlRecord:
    """Hold what the negative control gave for each seed, and what it had to give."""

    values: tuple[float, ...]
    sense: Sense
    threshold: float
    tolerance: float = 0.0

    @property
    def held(self) -> int:
        """Return for how many seeds the control gave what it had to give."""
        predicate = Predicate(self.sense, self.threshold, self.tolerance)
        return sum(predicate.holds(value) for value in self.values)


@dataclass(frozen=True)
class Confirmation:
    """Say that seed `seed` was repeated with the code `code` and gave `value` again."""

    code: str
    seed: int
    value: float
    when: str


@dataclass(frozen=True)
class Record:
    """Hold what the claim's experiment gave when it was recorded.

    `code` is the fingerprint of the code that computed it, and `setting` holds the experiments
    without their defaults. `tried` keeps the results of every other setting that was recorded
    before, each with the `note` of a person, if there is one. A claim that follows by counting has
    one value and no seeds. Old records may have no control.
    """

    claim: str
    data: str
    seeds: tuple[int, ...]
    values: tuple[float, ...]
    threshold: float
    sense: Sense
    seconds: float
    versions: dict[str, str]
    tolerance: float = 0.0
    scale: str = "linear"
    control: ControlRecord | None = None
    code: str = ""
    when: str = ""
    setting: dict[str, Any] = field(default_factory=dict)
    tried: tuple[dict[str, Any], ...] = ()
    confirmed: Confirmation | None = None

    @property
    def effect(self) -> Effect:
        """Return the mean over the seeds with its 95 % t-interval."""
        return effect(self.values, "log" if self.scale == "log" else "linear")

    @property
    def control_effect(self) -> Effect | None:
        """Return the mean of the control, on the scale of the claim."""
        if self.control is None:
            return None
        return effect(self.control.values, "log" if self.scale == "log" else "linear")

    @property
    def predicate(self) -> Predicate:
        """Return the predicate that the record was made with."""
        return Predicate(self.sense, self.threshold, self.tolerance)

    @property
    def held(self) -> int:
        """Return for how many seeds the claim held."""
        return sum(self.predicate.holds(value) for value in self.values)

    @property
    def holds(self) -> bool:
        """Return whether the claim and its control held for at least four of five seeds."""
        enough = self.held >= ENOUGH * len(self.values)
        if self.control is not None:
            enough = enough and self.control.held >= ENOUGH * len(self.control.values)
        return enough

    @property
    def direction(self) -> int:
        """Return 1 where the number lies above zero for every seed, -1 where below, else 0."""
        if min(self.values) > 0:
            return 1
        return -1 if max(self.values) < 0 else 0

    @property
    def stale(self) -> bool:
        """Return whether the code has changed since the record and no seed was repeated since."""
        now = of_claim(CLAIMS[self.claim])
        return now not in (self.code, self.confirmed.code if self.confirmed else "")


def record(name: str) -> Record | None:
    """Return the record that ships, or None if the claim was never recorded."""
    path = RECORDS / f"{name}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    for several in ("seeds", "values", "tried"):
        data[several] = tuple(_number(one) for one in data.get(several, ()))
    if data.get("control"):
        values = tuple(_number(one) for one in data["control"]["values"])
        data["control"] = ControlRecord(**{**data["control"], "values": values})
    if data.get("confirmed"):
        data["confirmed"] = Confirmation(**data["confirmed"])
    return Record(**data)


def write_record(made: Record) -> Path:
    """Write a record. If it replaces one of another setting, that one is kept in `tried`."""
    path = RECORDS / f"{made.claim}.json"
    before = record(made.claim)
    if before is not None:
        made = replace(made, tried=_with(before, made))
    write_json(path, _plain(asdict(made)))
    path.chmod(0o644)
    return path


def setting(claim: Claim) -> dict[str, Any]:
    """Return the experiments of a claim without their defaults, and its predicates."""
    whole = (*claim.experiments, *claim.control.experiments)
    absent = claim.control.predicate
    told = {
        "experiments": [without_defaults(experiment.to_json()) for experiment in whole],
        "cuts": claim.cuts,
        "control": f"{absent.sense} {absent.threshold:g} ± {absent.tolerance:g}",
    }
    as_read: dict[str, Any] = json.loads(json.dumps(told))  # lists, as in a read record
    return as_read


def arms_of(attempt: dict[str, Any]) -> str:
    """Return the arms that an attempt of `tried` trained, by name."""
    experiments = attempt["setting"]["experiments"]
    return ", ".join(dict.fromkeys(arm for one in experiments for arm in one["arms"]))


def note_of(attempt: dict[str, Any]) -> dict[str, str]:
    """Return what a person noted about an attempt of `tried` by language, or nothing.

    A note that is a plain string, as in earlier records, is English.
    """
    note = attempt.get("note") or {}
    return {"en": note} if isinstance(note, str) else dict(note)


def without_defaults(data: dict[str, Any]) -> dict[str, Any]:
    """Return an experiment's JSON without its name, seed and data set, and without defaults.

    A field that a later version adds changes nothing as long as it keeps its default.
    """
    from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

    usual = Experiment("x", {"x": NetConfig()}, TrainConfig()).to_json()
    net = usual["arms"]["x"]
    kept = {
        key: value
        for key, value in data.items()
        if key not in ("name", "seed", "dataset", "arms", "train") and value != usual[key]
    }
    arms = {
        name: {key: value for key, value in one.items() if value != net[key]}
        for name, one in data["arms"].items()
    }
    train = {k: v for k, v in data["train"].items() if v != usual["train"][k]}
    return {**kept, "arms": arms, "train": train}


def _with(before: Record, made: Record) -> tuple[dict[str, Any], ...]:
    """Return the attempts, including the record before if its setting was another one."""
    tried = (*before.tried, *(one for one in made.tried if one not in before.tried))
    same = (before.setting, before.predicate) == (made.setting, made.predicate)
    if same or not before.setting:
        return tried
    attempt = {
        "setting": before.setting,
        "sense": before.sense,
        "threshold": before.threshold,
        "tolerance": before.tolerance,
        "values": list(before.values),
        "held": before.held,
        "when": before.when,
    }
    return (*tried, attempt)


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold, with infinities and NaN by their names."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value - value != 0:
        return str(value)
    return value


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, str) else value
