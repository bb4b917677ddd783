"""Check the values of an experiment and name all that are wrong in one sentence."""

import math
from collections.abc import Iterable

from base.messages import Message, UserError


class ExperimentError(UserError):
    """Raised for values that no experiment can have; it names all of them at once."""


def check(*rules: tuple[bool, str, str, object]) -> None:
    """Raise ExperimentError for every rule (holds, name, expected, received) that does not hold."""
    broken = [(name, expected, received) for holds, name, expected, received in rules if not holds]
    if broken:
        raise error(broken)


def error(broken: list[tuple[str, str, object]]) -> ExperimentError:
    """Return the error that names each value, what was expected, and what was received."""
    told = "; ".join(f"{name}: expected {want}, received {got!r}" for name, want, got in broken)
    return ExperimentError(Message("runs.bad_experiment", {"details": told}))


def whole(value: object) -> bool:
    """Return whether a value is an integer; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def number(value: object) -> bool:
    """Return whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def one_of(value: object, names: Iterable[str]) -> bool:
    """Return whether a value is one of the names; lists and objects, as JSON may have, are not."""
    return isinstance(value, str) and value in tuple(names)


def rising(steps: object) -> bool:
    """Return whether a value is a tuple of steps from 1 on, each larger than the one before."""
    if not isinstance(steps, tuple) or not all(whole(step) and step >= 1 for step in steps):
        return False
    return list(steps) == sorted(set(steps))
