"""Put BatchNorm after the addition, where it changes the signal on the shortcut as well."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from resnet_core.experiment.plan.branch import convolve, ended, joined
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
    """Return ReLU(BN(F(x) + x)) (He et al. 2016, arXiv:1603.05027, Fig. 4b)."""
    shortcut = skip(x, x) if skip else None
    y, last = x, len(block.convolutions)
    for place, conv in enumerate(block.convolutions, start=1):
        y = convolve(net, layers, f"{block.name}_conv{place}", y, conv)
        if place < last:
            y = layers.norm(f"{block.name}_bn{place}", y)
            y = layers.activation(f"{block.name}_relu{place}", y)
    y = joined(layers, block, ended(net, layers, block, y), shortcut)
    return layers.activation(f"{block.name}_out", layers.norm(f"{block.name}_bn{last}", y))


ORDERS.register("bn-after-add")(OrderKind(block_of, nothing))
