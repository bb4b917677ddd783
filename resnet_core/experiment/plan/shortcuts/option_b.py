"""Define option B: identity, and a projection if the shape changes."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.plan.projection import projected

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@SHORTCUTS.register("B")
def option_b(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return x, projected if the shape changes (He et al. 2015, arXiv:1512.03385, §3.3)."""
    if layers.channels(x) == block.channels:
        return x
    return projected(net, layers, block, activated)
