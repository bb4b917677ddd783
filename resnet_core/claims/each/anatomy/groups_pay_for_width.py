"""In a bottleneck, 32 groups pay for twice as many channels in its 3x3 convolution."""

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate

OUTSIDE = 256  # channels of the shortcut


def weights(inside: int, groups: int) -> int:
    """Return the weights of 1x1 down, a 3x3 in groups, and 1x1 back."""
    return 2 * OUTSIDE * inside + 9 * inside * inside // groups


def grouped(_: Evidence) -> float:
    """Return a block of 128 channels in 32 groups over ResNet-50's of 64 channels in one."""
    return weights(128, 32) / weights(64, 1)


def ungrouped(_: Evidence) -> float:
    """Return the same ratio for 128 channels in one group."""
    return weights(128, 1) / weights(64, 1)


CLAIM = Claim(
    name="groups-pay-for-width",
    topic="anatomy",
    tier="exact",
    measure=grouped,
    predicate=Predicate("about", 1.0, 0.01),
    control=Control(measure=ungrouped, predicate=Predicate("at least", 3.0)),
    source="resnext16 Table 1",
)
