"""A second softmax keeps the loss of a perfect net above 1.46."""

import math

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate

CLASSES = 10
SURE = 100.0  # the logit of the right class; the others are 0


def cross_entropy(logits: list[float]) -> float:
    """Return -log softmax of the first class, which is the right one."""
    top = max(logits)
    return math.log(sum(math.exp(one - top) for one in logits)) - (logits[0] - top)


def softmax(logits: list[float]) -> list[float]:
    """Return the softmax."""
    top = max(logits)
    powers = [math.exp(one - top) for one in logits]
    return [power / sum(powers) for power in powers]


def twice(_: Evidence) -> float:
    """Return the loss of a net that is sure and right if its softmax is used as logits."""
    return cross_entropy(softmax([SURE] + [0.0] * (CLASSES - 1)))


def once(_: Evidence) -> float:
    """Return the loss of the same net if its logits are used as such."""
    return cross_entropy([SURE] + [0.0] * (CLASSES - 1))


CLAIM = Claim(
    name="softmax-twice-has-a-floor",
    topic="debugging",
    tier="exact",
    measure=twice,
    predicate=Predicate("about", 1.461, 0.001),
    control=Control(measure=once, predicate=Predicate("at most", 1e-6)),
    source="tf-nn sparse_softmax_cross_entropy_with_logits",
)
