"""Say where rounding blurs a gradient: in deep plain nets with BatchNorm at low precision.

The figures are cosines between the gradient in the precision of the run and one in float64, with
the same weights and images, at initialisation (stem and middle convolutions, CIFAR-10 (JPEG), batch
64):

    plain-56    float32   0.86 to 0.98 (3 seeds)      bfloat16  -0.27 to 0.51 (3 seeds)
    plain-110   float32  -0.14 to 0.30 (1 seed)
    ResNet-56   float32   1.00                        bfloat16   0.88 to 0.98
"""

from base.messages import Message
from resnet_core.experiment.config import NetConfig

DEEP, VERY_DEEP = 56, 110


def rounding(net: NetConfig, precision: str) -> Message | None:
    """Return how far to trust a gradient flow computed in a precision, or None for all of it."""
    if net.skip or not net.batch_norm or net.depth < DEEP:
        return None
    values: dict[str, object] = {"depth": net.depth}
    if precision != "float32":
        return Message("rounding.bfloat16", values)
    if net.depth >= VERY_DEEP:
        return Message("rounding.very_deep", values)
    return Message("rounding.deep", values)
