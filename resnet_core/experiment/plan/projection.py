"""Build the 1x1 convolutions of shortcuts."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import Block
from resnet_core.experiment.plan.layers import Layers, T

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


def convolved(layers: Layers[T], block: Block, x: T) -> T:
    """Return a 1x1 convolution of x in the block's shape.

    A stride of 2 is computed as every second pixel and then a stride of 1, because TensorFlow
    2.21's oneDNN path corrupts memory in the filter gradient of a strided 1x1 convolution with 6, 8
    or 10 input channels.
    """
    if block.stride == 2:
        x = layers.subsample(f"{block.name}_subsample", x)
    return layers.conv(f"{block.name}_shortcut", x, block.channels, 1, beside=True)


def projected(net: "NetConfig", layers: Layers[T], block: Block, x: T) -> T:
    """Return a projection of x: 1x1 convolution and BatchNorm.

    With pre-activation there is no BatchNorm, because x is already normalised (He et al. 2016,
    arXiv:1603.05027, §4).
    """
    y = convolved(layers, block, x)
    return y if net.order == "pre" else layers.norm(f"{block.name}_shortcut_bn", y)
