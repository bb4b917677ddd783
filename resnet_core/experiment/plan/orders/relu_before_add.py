"""Put ReLU before the addition, so that the branch can only add and never subtract."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from resnet_core.experiment.plan.branch import convolve, ended, joined, last_gamma
from resnet_core.experiment.plan.kinds import ORDERS, Block, OrderKind, nothing
from resnet_core.experiment.plan.layers import Layers, T

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


def block_of(
    net: "NetConfig",
    layers: Layers[T],
    block: Block,
    x: T,
    skip: Callable[[T, T], T] | None,
) -> T:
    """Return ReLU(F(x)) + x (He et al. 2016, arXiv:1603.05027, Fig. 4c)."""
    shortcut = skip(x, x) if skip else None
    y = x
    for place, conv in enumerate(block.convolutions, start=1):
        y = convolve(net, layers, f"{block.name}_conv{place}", y, conv)
        y = layers.norm(f"{block.name}_bn{place}", y, last_gamma(net, block, place))
        y = layers.activation(f"{block.name}_relu{place}", y)
    return joined(layers, block, ended(net, layers, block, y), shortcut)


ORDERS.register("relu-before-add")(OrderKind(block_of, nothing))
