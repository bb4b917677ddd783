"""A bottleneck of 256 channels has about as many weights as a basic block of 64."""

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate


def basic(channels: int) -> int:
    """Return the weights of two 3x3 convolutions."""
    return 2 * 9 * channels * channels


def bottleneck(channels: int) -> int:
    """Return the weights of 1x1 down to a quarter, 3x3, and 1x1 back."""
    inner = channels // 4
    return 2 * channels * inner + 9 * inner * inner


def against_64(_: Evidence) -> float:
    """Return a bottleneck of 256 channels over a basic block of 64."""
    return bottleneck(256) / basic(64)


def against_256(_: Evidence) -> float:
    """Return the same ratio, with a basic block of 256 channels."""
    return bottleneck(256) / basic(256)


CLAIM = Claim(
    name="bottleneck-costs-a-basic-block",
    topic="cost",
    tier="exact",
    measure=against_64,
    predicate=Predicate("about", 1.0, 0.06),
    control=Control(measure=against_256, predicate=Predicate("at most", 0.1)),
    source="he15 §4.1, Fig. 5",
)
