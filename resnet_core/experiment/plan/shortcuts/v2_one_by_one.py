"""Define a bare 1x1 convolution on every shortcut, which is option C without its BatchNorm."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.plan.projection import convolved

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@SHORTCUTS.register("1x1")
def one_by_one(net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T) -> T:
    """Return x convolved 1x1 (He et al. 2016, arXiv:1603.05027, §3.3 and Table 1)."""
    return convolved(layers, block, activated)
