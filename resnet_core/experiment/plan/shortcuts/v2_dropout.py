"""Define dropout on every shortcut: half of the values are lost, so the mean of x is halved."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.plan.shortcuts.option_a import option_a

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig

RATE = 0.5


@SHORTCUTS.register("dropout")
def dropout(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return x with dropout, padded as option A (He et al. 2016, arXiv:1603.05027, §3.3).

    The values that are kept are not scaled up: the paper names an expectation of 0.5.
    """
    y = option_a(net, layers, block, x, activated)
    return layers.drop(f"{block.name}_dropout", y, RATE)
