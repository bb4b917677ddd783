"""A head of 1000 classes on a task of ten starts at three times the loss."""

import math

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate


def guess(classes: int) -> float:
    """Return the loss of a net that gives every class the same probability."""
    return -math.log(1 / classes)


def thousand(_: Evidence) -> float:
    """Return the loss of a guess among 1000 classes over that among ten."""
    return guess(1000) / guess(10)


def ten(_: Evidence) -> float:
    """Return the same ratio for a head of the ten classes."""
    return guess(10) / guess(10)


CLAIM = Claim(
    name="thousand-way-head-starts-at-ln-1000",
    topic="finetuning",
    tier="exact",
    measure=thousand,
    predicate=Predicate("about", 3.0, 1e-9),
    control=Control(measure=ten, predicate=Predicate("about", 1.0, 1e-9)),
    source="keras-transfer fine-tuning",
)
