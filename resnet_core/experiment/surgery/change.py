"""Define what is to be changed at a step of a run, as a link carries it and as a log has it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from resnet_core.experiment.checks.values import error, number, whole
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.surgery.cuts import is_block
from resnet_core.experiment.surgery.limits import block_names

MOST_CHANGES = 40
MOST_RATE = 100.0
BLOCKS = "blocks of some arm, as stage2_block1"


@dataclass(frozen=True)
class Change:
    """Say what is changed just before a step; what is None stays as it is.

    `learning_rate` is the (peak) rate from then on. The rest are the fields of a `Surgery`.
    """

    step: int
    learning_rate: float | None = None
    skips: bool | None = None
    skips_out: tuple[str, ...] | None = None
    deleted: tuple[str, ...] | None = None
    averages: bool | None = None

    @property
    def changed(self) -> dict[str, Any]:
        """Return the new values by name, as a `control` event of the log has them."""
        return {k: v for k, v in asdict(self).items() if k != "step" and v is not None}

    def to_json(self) -> dict[str, Any]:
        return {"step": self.step, **self.changed}


def from_json(data: object) -> tuple[Change, ...]:
    """Read changes. Raises ExperimentError if they are not a list of objects with known fields."""
    known = {one.name for one in fields(Change)}
    if not isinstance(data, list) or len(data) > MOST_CHANGES:
        raise error([("changes", f"a list of at most {MOST_CHANGES}", data)])
    for one in data:
        if not isinstance(one, dict) or "step" not in one or not set(one) <= known:
            raise error([("changes", f"objects with {', '.join(sorted(known))}", one)])
    return tuple(_read(one) for one in data)


def _read(data: dict[str, Any]) -> Change:
    """Return one change. Its values are checked with those of the experiment."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Change(**values)


def rules(
    changes: object, steps: int, nets: Iterable[NetConfig]
) -> list[tuple[bool, str, str, object]]:
    """Return the rules that planned changes of an experiment keep (`checks.values.check`)."""
    if not isinstance(changes, tuple) or not all(isinstance(one, Change) for one in changes):
        return [(False, "changes", "a tuple of changes", changes)]
    known = {name for net in nets for name in block_names(net)} if changes else set()
    taken = [one.step for one in changes]
    found: list[tuple[bool, str, str, object]] = [
        (len(changes) <= MOST_CHANGES, "changes", f"at most {MOST_CHANGES}", len(changes)),
        (
            all(whole(step) and 0 <= step < steps for step in taken) and taken == sorted(taken),
            "changes",
            f"steps from 0 to {steps - 1}, in order",
            taken,
        ),
    ]
    for one in changes:
        found += _of_one(one.changed, known)
    return found


def _of_one(changed: Mapping[str, Any], known: set[str]) -> Iterable[tuple[bool, str, str, object]]:
    for name, value in changed.items():
        if name == "learning_rate":
            fits = number(value) and 0 < value <= MOST_RATE
            yield fits, name, f"above 0, up to {MOST_RATE:g}", value
        elif name in ("skips", "averages"):
            yield isinstance(value, bool), name, "true or false", value
        else:
            fits = isinstance(value, tuple) and all(is_block(b) and b in known for b in value)
            yield fits, name, BLOCKS, value
