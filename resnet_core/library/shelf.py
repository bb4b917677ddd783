"""List the runs of a folder with their labels, sort them by purpose, and search them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from base.catalogue import catalogue
from resnet_core import runs
from resnet_core.claims import CLAIMS
from resnet_core.library.label import Label, label_of
from resnet_core.library.names import memorable

Kind = Literal["own", "claim", "measured"]
LANGUAGES = ("en", "zh")  # a run is found by its name in either language


@dataclass(frozen=True)
class Entry:
    """Hold a run and what a person said of it."""

    run: runs.Run
    label: Label

    @property
    def kind(self) -> Kind:
        """Return what the run is for: a learner's own, a claim's repetition, or a measurement."""
        if not self.run.experiment.train.steps:
            return "measured"
        return "claim" if self.run.experiment.name in CLAIMS else "own"

    @property
    def words(self) -> str:
        """Return everything that the run can be found by, in lower case."""
        experiment = self.run.experiment
        names = [memorable(self.run.id, language) for language in LANGUAGES]
        keys = (f"preset.{experiment.name}.title", f"claims.{experiment.name}.title")
        titles = [catalogue(code).get(key, "") for code in LANGUAGES for key in keys]
        nets = [f"{one.depth} {one.shortcut} {one.order}" for one in experiment.arms.values()]
        facts = [self.run.id, self.run.created[:10], experiment.name, experiment.dataset]
        told = [self.label.name, *self.label.tags, *names, *titles, *facts, *experiment.arms]
        return " ".join([*told, *nets, experiment.train.optimizer]).casefold()


def entries(root: Path) -> list[Entry]:
    """Return the runs of a folder, newest first."""
    return [Entry(run, label_of(run.folder)) for run in runs.every(root)]


def found(shelf: Iterable[Entry], text: str = "", tag: str = "", kind: str = "") -> list[Entry]:
    """Return the runs that hold every word of the text, and have the tag and the kind."""
    words = text.casefold().split()
    return [
        entry
        for entry in shelf
        if (not tag or tag in entry.label.tags)
        and (not kind or entry.kind == kind)
        and (not words or all(word in entry.words for word in words))
    ]
