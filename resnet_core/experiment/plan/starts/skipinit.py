"""Define SkipInit: one trained number α = 0 multiplies the branch, even without BatchNorm."""

from resnet_core.experiment.plan.kinds import STARTS, Block, StartKind
from resnet_core.experiment.plan.layers import Layers, T


def ending(layers: Layers[T], block: Block, y: T) -> T:
    """Return α y (De & Smith 2020, arXiv:2002.10444, §4)."""
    return layers.learned_scale(f"{block.name}_alpha", y)


STARTS.register("skipinit")(StartKind(gamma=1.0, ending=ending, silent=True))
