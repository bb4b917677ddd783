"""Collect every claim by its name from the rooms of `each/`; a new file is a new claim."""

import importlib
import pkgutil
from dataclasses import replace

from resnet_core.claims import each
from resnet_core.claims.claim import Claim
from resnet_core.experiment.config import Experiment, FineTuning

MODULES: dict[str, str] = {
    found.name.rpartition(".")[2].replace("_", "-"): found.name
    for found in pkgutil.walk_packages(each.__path__, f"{each.__name__}.")
    if not found.ispkg
}
CLAIMS: dict[str, Claim] = {
    name: importlib.import_module(MODULES[name]).CLAIM for name in sorted(MODULES)
}


def built_on(experiment: Experiment) -> list[Claim]:
    """Return the claims whose arms an experiment trains, whatever its seed and data set."""
    return [
        claim
        for claim in CLAIMS.values()
        if claim.experiments and all(_trains(experiment, one) for one in claim.experiments)
    ]


def _trains(experiment: Experiment, one: Experiment) -> bool:
    ours, theirs = experiment.train, one.train
    alike = ("steps", "batch", "learning_rate", "precision")
    return (
        all(net in experiment.arms.values() for net in one.arms.values())
        and all(getattr(ours, name) == getattr(theirs, name) for name in alike)
        and _moves(experiment.fine_tuning, one.fine_tuning)
    )


def _moves(ours: FineTuning | None, theirs: FineTuning | None) -> bool:
    """Return whether an experiment fine-tunes in the ways of another, from the same source."""
    if ours is None or theirs is None:
        return ours is theirs
    return replace(ours, ways=theirs.ways) == theirs and all(
        way in ours.ways.values() for way in theirs.ways.values()
    )
