"""A separable 3x3 convolution of many channels needs little more than a ninth of the weights."""

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate

CHANNELS = 256


def share(kernel: int, channels: int) -> float:
    """Return the weights of depthwise plus pointwise over those of the full convolution."""
    separable = kernel * kernel * channels + channels * channels
    return separable / (kernel * kernel * channels * channels)


def share_of_3x3(_: Evidence) -> float:
    """Return the share for a 3x3 kernel."""
    return share(3, CHANNELS)


def share_of_1x1(_: Evidence) -> float:
    """Return the share for a 1x1 kernel, which gains nothing from being separated."""
    return share(1, CHANNELS)


CLAIM = Claim(
    name="separable-convolutions-need-a-ninth",
    topic="convolution",
    tier="exact",
    measure=share_of_3x3,
    predicate=Predicate("about", 1 / 9, 0.01),
    control=Control(measure=share_of_1x1, predicate=Predicate("at least", 1.0)),
    source="mobilenet17 §3.1",
)
