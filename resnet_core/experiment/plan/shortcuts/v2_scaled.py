"""Define constant scaling: every shortcut carries half of its input."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.plan.shortcuts.option_a import option_a

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig

LAMBDA = 0.5


@SHORTCUTS.register("scaled")
def scaled(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return 0.5 x, padded as option A (He et al. 2016, arXiv:1603.05027, §3.1)."""
    y = option_a(net, layers, block, x, activated)
    return layers.scale(f"{block.name}_lambda", y, LAMBDA)
