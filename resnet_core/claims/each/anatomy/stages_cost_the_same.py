"""Half the side and twice the width leave a convolution's multiply-adds unchanged."""

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig


def multiply_adds() -> dict[str, int]:
    """Return the multiply-adds of every layer of ResNet-20."""
    return {row.name: row.macs for row in arithmetic.layers(NetConfig(20, 16))}


def last_over_first_stage(_: Evidence) -> float:
    """Return the multiply-adds of a convolution of stage 3 over those of one of stage 1."""
    macs = multiply_adds()
    return macs["stage3_block2_conv1"] / macs["stage1_block2_conv1"]


def entering_a_stage(_: Evidence) -> float:
    """Return it for the first convolution of stage 2, whose input has not doubled its width yet."""
    macs = multiply_adds()
    return macs["stage2_block1_conv1"] / macs["stage1_block2_conv1"]


CLAIM = Claim(
    name="stages-cost-the-same",
    topic="anatomy",
    tier="exact",
    measure=last_over_first_stage,
    predicate=Predicate("about", 1.0),
    control=Control(measure=entering_a_stage, predicate=Predicate("about", 0.5)),
    source="he15 §3.3",
)
