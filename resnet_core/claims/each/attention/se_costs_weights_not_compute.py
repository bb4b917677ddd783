"""Squeeze-and-excitation adds a tenth of ResNet-50's weights and hardly any computation."""

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate

STAGES = ((3, 256), (4, 512), (6, 1024), (3, 2048))  # blocks and channels of ResNet-50
REDUCTION = 16
WEIGHTS = 25_557_032  # weights of ResNet-50 as torchvision counts them
MULTIPLY_ADDS = 3.86e9  # of ResNet-50 at 224 pixels, Hu et al. 2018


def gates() -> int:
    """Return the weights of all gates, which have two dense layers a block, C to C/16 and back."""
    return sum(blocks * 2 * channels * channels // REDUCTION for blocks, channels in STAGES)


def extra_weights(_: Evidence) -> float:
    """Return the weights of the gates in percent of the net's weights."""
    return 100 * gates() / WEIGHTS


def extra_multiply_adds(_: Evidence) -> float:
    """Return the multiply-adds of the gates in percent; each weight is used once an image."""
    return 100 * gates() / MULTIPLY_ADDS


CLAIM = Claim(
    name="se-costs-weights-not-compute",
    topic="attention",
    tier="exact",
    measure=extra_weights,
    predicate=Predicate("about", 9.8, 0.2),
    control=Control(measure=extra_multiply_adds, predicate=Predicate("at most", 0.1)),
    source="se17 §4",
)
