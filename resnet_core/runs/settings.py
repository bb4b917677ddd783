"""Fold what can be changed while a run trains: the learning rate, and the surgery on its nets."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from resnet_core.experiment.config import Experiment
from resnet_core.experiment.surgery.cuts import Surgery


@dataclass(frozen=True)
class Settings:
    """Hold the (peak) learning rate and the fields of a `Surgery`, by the names in the log."""

    learning_rate: float
    skips: bool = True
    skips_out: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    averages: bool = False

    @property
    def surgery(self) -> Surgery:
        """Return the surgery alone."""
        return Surgery(**{one.name: getattr(self, one.name) for one in fields(Surgery)})

    def after(self, changes: Iterable[Mapping[str, Any]]) -> "Settings":
        """Return the settings after changes, each of which holds new values by name."""
        found = self
        for changed in changes:
            found = replace(found, **changed)
        return found

    def since(self, before: "Settings") -> dict[str, Any]:
        """Return by name the values that differ from earlier settings."""
        old = asdict(before)
        return {name: value for name, value in asdict(self).items() if value != old[name]}


def configured(experiment: Experiment) -> Settings:
    """Return the settings with which a run begins."""
    return Settings(experiment.train.learning_rate)


def planned(experiment: Experiment, step: int) -> Settings:
    """Return the settings of a step, as the experiment plans them."""
    due = [change.changed for change in experiment.changes if change.step <= step]
    return configured(experiment).after(due)
