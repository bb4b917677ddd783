"""Follow the plan of the whole net: stem, three stages of blocks, head.

    stem     3x3 conv, BN, ReLU                                     32 x 32 x width
    stage s  n blocks; the first of stages 2 and 3 has stride 2     (32 / 2^(s-1))^2 x width 2^(s-1)
    head     global average pooling, dense

The nets are the CIFAR nets of He et al. 2015 (arXiv:1512.03385) §4.2. The plain twin has the same
branches and no shortcuts.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from resnet_core.experiment.plan import blocks, orders, shortcuts, starts
from resnet_core.experiment.plan.kinds import BLOCKS, ORDERS, SHORTCUTS, Block
from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig

WEIGHTLESS = "A"  # the shortcut that fits every shape without weights
ROOMS = (blocks, orders, shortcuts, starts)  # importing them registers every variant


def follow(
    net: "NetConfig", layers: Layers[T], images: T, *, skips: bool, surgery: Surgery = WHOLE
) -> T:
    """Return the logits; `skips` says whether the net was built with shortcuts.

    A deleted block outputs its shortcut; without one, its input in the shape of its output.
    """
    order, shortcut = ORDERS[net.order], SHORTCUTS[net.shortcut]
    x = layers.conv("stem_conv", images, net.width, 3)
    x = layers.activation("stem_relu", layers.norm("stem_bn", x))
    for block in blocks_of(net):

        def skip(x: T, activated: T, block: Block = block) -> T:
            return shortcut(net, layers, block, x, activated)

        has_skip = skips and surgery.has_skip(block.name)
        deleted = block.name in surgery.deleted
        if deleted and not has_skip:
            x = SHORTCUTS[WEIGHTLESS](net, layers, block, x, x)
            continue
        around: Callable[[T, T], T] | None = skip if has_skip else None
        x = order.block(net, layers, replace(block, deleted=deleted), x, around)
    return layers.dense("head", layers.pool("pool", order.after(layers, x)), net.classes)


def blocks_of(net: "NetConfig") -> list[Block]:
    """Return the blocks in order."""
    kind = BLOCKS[net.block]
    found = []
    for stage in (1, 2, 3):
        width = net.width * 2 ** (stage - 1)
        for number in range(1, net.blocks_per_stage + 1):
            stride = 2 if stage > 1 and number == 1 else 1
            found.append(
                Block(
                    f"stage{stage}_block{number}",
                    kind.convolutions(width, net.kernel, stride),
                    kind.expansion * width,
                    stride,
                    first=stage == number == 1,
                )
            )
    return found
