"""Use post-activation, the order of 2015: conv, BatchNorm, ReLU; the last ReLU follows adding."""

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
    """Return ReLU(F(x) + x) (He et al. 2015, arXiv:1512.03385, §3.2)."""
    shortcut = skip(x, x) if skip else None
    y, last = x, len(block.convolutions)
    for place, conv in enumerate(block.convolutions, start=1):
        y = convolve(net, layers, f"{block.name}_conv{place}", y, conv)
        y = layers.norm(f"{block.name}_bn{place}", y, last_gamma(net, block, place))
        if place < last:
            y = layers.activation(f"{block.name}_relu{place}", y)
    y = joined(layers, block, ended(net, layers, block, y), shortcut)
    return layers.activation(f"{block.name}_out", y)


ORDERS.register("post")(OrderKind(block_of, nothing))
