"""Define the usual start: γ = 1, and the branch adds to the shortcut from the first step on."""

from resnet_core.experiment.plan.kinds import STARTS, Block, StartKind
from resnet_core.experiment.plan.layers import Layers, T


def ending(layers: Layers[T], block: Block, y: T) -> T:
    """Return the branch as it is."""
    return y


STARTS.register("standard")(StartKind(gamma=1.0, ending=ending, silent=False))
