"""Cut a net into its stem, its blocks and its head, and each block into its two branches.

    y = join(branch(x) + shortcut(x))        a residual block
    y = whole(x)                             any block

The parts share the layers and weights of the net. The names of a block's layers begin with the name
of the block. Its addition is `NAME_add`, whose first input is the branch and whose second is the
shortcut.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import tensorflow as tf

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig
from resnet_core.nn.resnet.layers import PadShortcut

Map = Callable[[tf.Tensor], tf.Tensor]


@dataclass(frozen=True)
class Block:
    """Hold one block, whose BatchNorm uses its moving averages.

    `branch`, `shortcut` and `join` are None in a plain net. `stage` counts from 1. `movable` says
    that input and output have the same shape, so that the block can swap places with another.
    """

    name: str
    stage: int
    movable: bool
    whole: Map
    branch: Map | None
    shortcut: Map | None
    join: Map | None
    instead: Map

    def deleted(self, x: tf.Tensor) -> tf.Tensor:
        """Return the output of the block without its convolutions.

        In a residual net that is its shortcut. A plain net uses what its twin has there: the input
        itself or, if the shape changes, the shortcut without weights (option A).
        """
        if self.shortcut is None or self.join is None:
            return self.instead(x)
        return self.join(self.shortcut(x))


@dataclass(frozen=True)
class Parts:
    """Hold a net as a chain: images → stem → blocks → head → logits."""

    stem: Map
    blocks: tuple[Block, ...]
    head: Map


def cut(model: keras.Model, net: NetConfig) -> Parts:
    """Return the parts of a net. `model` must not share its layers with another model."""
    outputs = {name: _last_output(model, name) for name, *_ in _blocks(net)}
    entering = _first_input(model, next(iter(outputs)))
    stem, blocks = _part(model.input, entering), []
    for name, stage, width, stride in _blocks(net):
        blocks.append(_block(model, name, stage, (width, stride), entering, outputs[name]))
        entering = outputs[name]
    return Parts(stem, tuple(blocks), _part(entering, model.output))


def _blocks(net: NetConfig) -> list[tuple[str, int, int, int]]:
    return [
        (f"stage{s}_block{b}", s, width, stride) for s, b, width, stride in arithmetic.blocks(net)
    ]


def _block(
    model: keras.Model, name: str, stage: int, shape: tuple[int, int], entering, leaving
) -> Block:
    width, stride = shape
    movable = stride == 1 and entering.shape[-1] == leaving.shape[-1]
    pad = PadShortcut(stride, leaving.shape[-1])
    instead: Map = (lambda x: x) if movable else pad
    whole = _part(entering, leaving)
    adds = [layer for layer in model.layers if layer.name == f"{name}_add"]
    if not adds:
        return Block(name, stage, movable, whole, None, None, None, instead)
    (add,) = adds
    branch, shortcut = add.input
    return Block(
        name,
        stage,
        movable,
        whole,
        _part(entering, branch),
        _part(entering, shortcut),
        _part(add.output, leaving),
        instead,
    )


def _part(first, last) -> Map:
    """Return the function between two tensors of a net, or the identity if they are the same."""
    if first is last:
        return lambda x: x
    part = keras.Model(first, last)
    return lambda x: part(x, training=False)


def _of(model: keras.Model, block: str) -> list[keras.layers.Layer]:
    """Return the layers of a block, in the order in which they are computed."""
    return [layer for layer in model.layers if layer.name.startswith(f"{block}_")]


def _last_output(model: keras.Model, block: str):
    return _of(model, block)[-1].output


def _first_input(model: keras.Model, block: str):
    """Return the tensor that enters a block, the output of a layer outside of it."""
    inside = {id(layer.output) for layer in _of(model, block)}
    entering = {id(x): x for layer in _of(model, block) for x in tf.nest.flatten(layer.input)}
    (tensor,) = [x for key, x in entering.items() if key not in inside]
    return tensor
