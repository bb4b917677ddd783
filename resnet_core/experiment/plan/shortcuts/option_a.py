"""Define option A: identity; a new shape takes every second pixel and adds zero channels."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@SHORTCUTS.register("A")
def option_a(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return x in the block's shape, without weights (He et al. 2015, arXiv:1512.03385, §3.3)."""
    if layers.channels(x) == block.channels:
        return x
    return layers.pad(f"{block.name}_shortcut", x, block.stride, block.channels)
