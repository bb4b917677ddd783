"""Use pre-activation, the order of 2016: BatchNorm, ReLU, conv, and nothing after adding."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from resnet_core.experiment.plan.branch import convolve, ended, joined
from resnet_core.experiment.plan.kinds import ORDERS, Block, OrderKind
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
    """Return F(x) + x (He et al. 2016, arXiv:1603.05027, §4.1, Fig. 4e).

    The input of the first block is already activated by the stem (same paper, appendix).
    """
    y = activated = x
    shortcut = skip(x, x) if skip and block.first else None
    for place, conv in enumerate(block.convolutions, start=1):
        if place > 1 or not block.first:
            y = layers.norm(f"{block.name}_bn{place}", y)
            y = layers.activation(f"{block.name}_relu{place}", y)
        if place == 1 and skip and not block.first:
            activated = y
            shortcut = skip(x, activated)
        y = convolve(net, layers, f"{block.name}_conv{place}", y, conv)
    return joined(layers, block, ended(net, layers, block, y), shortcut)


def after(layers: Layers[T], x: T) -> T:
    """Return the last sum with its activation, which no later block applies."""
    return layers.activation("final_relu", layers.norm("final_bn", x))


ORDERS.register("pre")(OrderKind(block_of, after))
