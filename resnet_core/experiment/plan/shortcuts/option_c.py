"""Define option C: a projection on every shortcut."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.plan.projection import projected

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@SHORTCUTS.register("C")
def option_c(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return x projected, in every block (He et al. 2015, arXiv:1512.03385, §3.3)."""
    return projected(net, layers, block, activated)
