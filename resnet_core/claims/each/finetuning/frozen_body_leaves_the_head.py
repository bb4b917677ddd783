"""Freezing the body leaves the new head to train; freezing every layer leaves nothing."""

from collections.abc import Collection

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig

ROWS = {row.name: row.parameters for row in arithmetic.layers(NetConfig(20, 16))}


def trained(frozen: Collection[str]) -> float:
    """Return the percentage of ResNet-20's weights that are trained with these layers frozen."""
    left = sum(count for name, count in ROWS.items() if name not in frozen)
    return 100 * left / sum(ROWS.values())


def body_frozen(_: Evidence) -> float:
    """Return the percentage with every layer frozen but the head."""
    return trained([name for name in ROWS if name != "head"])


def all_frozen(_: Evidence) -> float:
    """Return the percentage where the loop over the layers freezes the head as well."""
    return trained(ROWS)


CLAIM = Claim(
    name="frozen-body-leaves-the-head",
    topic="finetuning",
    tier="exact",
    measure=body_frozen,
    predicate=Predicate("about", 0.24, 0.01),
    control=Control(measure=all_frozen, predicate=Predicate("at most", 0.0)),
    source="keras-transfer fine-tuning",
)
