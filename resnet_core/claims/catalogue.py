"""Collect every claim by its name from the files of `each/`; a new file is a new claim."""

import importlib
import pkgutil

from resnet_core.claims import each
from resnet_core.claims.claim import Claim
from resnet_core.experiment.config import Experiment

CLAIMS: dict[str, Claim] = {
    claim.name: claim
    for found in sorted(pkgutil.iter_modules(each.__path__), key=lambda module: module.name)
    for claim in [importlib.import_module(f"{each.__name__}.{found.name}").CLAIM]
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
    return all(net in experiment.arms.values() for net in one.arms.values()) and all(
        getattr(ours, name) == getattr(theirs, name) for name in alike
    )
