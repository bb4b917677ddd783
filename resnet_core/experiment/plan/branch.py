"""Build what the branches of all orders have in common."""

from typing import TYPE_CHECKING

from resnet_core.experiment.plan.kinds import STARTS, Block, Convolution
from resnet_core.experiment.plan.layers import Layers, T

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig

REDUCTION = 4  # of squeeze-and-excitation; these nets are too narrow for the usual 16


def convolve(net: "NetConfig", layers: Layers[T], name: str, x: T, conv: Convolution) -> T:
    """Return one convolution of a branch, or its depthwise-separable form.

    The separable form is depthwise and then 1x1, without BatchNorm between them (Chollet 2017,
    arXiv:1610.02357, §2). Both count as layers, as in Howard et al. 2017 (arXiv:1704.04861).
    """
    if not net.separable or conv.kernel == 1:
        return layers.conv(name, x, conv.filters, conv.kernel, conv.stride)
    x = layers.depthwise(name, x, conv.kernel, conv.stride)
    return layers.conv(f"{name}_point", x, conv.filters, 1)


def ended(net: "NetConfig", layers: Layers[T], block: Block, y: T) -> T:
    """Return the output of a branch before the addition: channels weighed, then the start's ending.

    Squeeze-and-excitation comes before the addition (Hu et al. 2018, arXiv:1709.01507, Fig. 3).
    """
    if net.squeeze:
        hidden = max(1, block.channels // REDUCTION)
        y = layers.squeeze(f"{block.name}_se", y, hidden)
    return STARTS[net.start].ending(layers, block, y)


def joined(layers: Layers[T], block: Block, y: T, shortcut: T | None) -> T:
    """Return branch plus shortcut: the branch alone without a shortcut, and of a deleted block the
    shortcut alone."""
    if shortcut is None:
        return y
    return shortcut if block.deleted else layers.add(f"{block.name}_add", y, shortcut)


def last_gamma(net: "NetConfig", block: Block, place: int) -> float:
    """Return the initial γ of the BatchNorm after convolution `place`, counted from 1."""
    return STARTS[net.start].gamma if place == len(block.convolutions) else 1.0
