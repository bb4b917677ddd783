"""Where rounding blurs a gradient: plain nets with BatchNorm, deep ones, in few bits.

The figures are cosines between the gradient in the precision of the run and one in float64, same
weights and images, at initialisation (stem and middle convolutions, CIFAR-10 (JPEG), batch 64):

    plain-56    float32   0.86 to 0.98 (3 seeds)      bfloat16  -0.27 to 0.51 (3 seeds)
    plain-110   float32  -0.14 to 0.30 (1 seed)
    ResNet-56   float32   1.00                        bfloat16   0.88 to 0.98
"""

from base.messages import Message
from resnet_core.experiment.config import NetConfig

DEEP, VERY_DEEP = 56, 110


def rounding(net: NetConfig, precision: str) -> Message | None:
    """Return how far to trust a gradient flow that was computed in a precision; None: all of it."""
    if net.skip or not net.batch_norm or net.depth < DEEP:
        return None
    values: dict[str, object] = {"depth": net.depth}
    if precision != "float32":
        english = (
            "Rounding: in bfloat16 the gradient of a plain net this deep is mostly noise (at "
            "depth 56 its cosine with float64 is between -0.3 and 0.5). Read orders of magnitude."
        )
        return Message("rounding.bfloat16", values, english)
    if net.depth >= VERY_DEEP:
        english = (
            "Rounding: at depth 110 even float32 leaves little of a plain net's gradient (cosine "
            "with float64: -0.1 to 0.3). Read orders of magnitude."
        )
        return Message("rounding.very_deep", values, english)
    english = (
        "Rounding: at depth 56 float32 blurs a plain net's gradient (cosine with float64: 0.86 "
        "to 0.98). Read two digits at most."
    )
    return Message("rounding.deep", values, english)
