"""Augmentation narrows the gap between training and test loss."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate
from resnet_core.claims.quantities import last_loss
from resnet_core.claims.settings import SHORT, WIDTH, arm
from resnet_core.experiment.config import NetConfig

SEEN = replace(SHORT, evaluate_images=2000)
NET = NetConfig(20, WIDTH)


def gap(evidence: Evidence, name: str) -> float:
    """Return test loss minus training loss at the end."""
    return float(evidence.of("eval", name)[-1]["loss"]) - last_loss(evidence, name)


def narrowed(evidence: Evidence) -> float:
    """Return by how much the gap is smaller with augmentation."""
    return gap(evidence, "as-they-are-20") - gap(evidence, "augmented-20")


def gap_without(evidence: Evidence) -> float:
    """Return the gap that there is to close."""
    return gap(evidence, "as-they-are-20")


PLAIN_IMAGES = arm("as-they-are-20", NET, SEEN)
AUGMENTED = arm("augmented-20", NET, replace(SEEN, augment=True))

CLAIM = Claim(
    name="augmentation-closes-the-gap",
    topic="regularisation",
    tier="fails-here",
    experiments=(PLAIN_IMAGES, AUGMENTED),
    measure=narrowed,
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(PLAIN_IMAGES,),
        measure=gap_without,
        predicate=Predicate("at most", 0.3),
    ),
    source="he15 §4.2",
)
