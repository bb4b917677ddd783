"""List the layers of one block: those of the branch, those of the shortcut, and where they meet.

They are read from the plan that the net is built from, with the counts of `arithmetic`. A drawing
made from them therefore shows the block that is trained.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from resnet_core.experiment import arithmetic
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.plan import net as plan

Kind = Literal[
    "conv", "depthwise", "norm", "activation", "add", "scale", "learned_scale", "drop", "pad",
    "subsample", "squeeze",
]  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Hold one layer of a block, under the name that it has in the net.

    `output` is (height, width, channels), `macs` are the multiply-adds for one image, and `field`
    is the side, in pixels, of the patch of the input that one output sees. `size` is what else the
    layer has: kernel and stride, a factor, a rate, the first γ, or the hidden units.
    """

    kind: Kind
    name: str
    output: tuple[int, int, int]
    parameters: int
    macs: int
    field: int
    size: tuple[float, ...] = ()


@dataclass(frozen=True)
class BlockParts:
    """Hold a block with its skip, or without: then `split` and `joint` are where the skip would be.

    `branch` are the layers from the input down, without the addition. The shortcut leaves before
    `branch[split]` and returns before `branch[joint]`, which may be the place after the last.
    """

    name: str
    skip: bool
    input: tuple[int, int, int]
    input_field: int
    branch: tuple[Part, ...]
    shortcut: tuple[Part, ...]
    split: int
    joint: int

    @property
    def output(self) -> tuple[int, int, int]:
        """Return the shape of the block's output, (height, width, channels)."""
        return self.branch[-1].output

    @property
    def parameters(self) -> int:
        """Return the trainable parameters of the block."""
        return sum(part.parameters for part in (*self.branch, *self.shortcut))

    @property
    def macs(self) -> int:
        """Return the multiply-adds of the block for one image."""
        return sum(part.macs for part in (*self.branch, *self.shortcut))

    @property
    def field(self) -> int:
        """Return the side of the patch of the input that one output of the block sees."""
        return max(part.field for part in (*self.branch, *self.shortcut))


def names(net: NetConfig) -> list[str]:
    """Return the names of the blocks that differ: the first two of each stage, if it has two."""
    found = [block.name for block in plan.blocks_of(net)]
    return [name for name in found if name.endswith(("_block1", "_block2"))]


@lru_cache(maxsize=256)
def parts(net: NetConfig, name: str) -> BlockParts:
    """Return the parts of a block. Raises StopIteration if the net has no block of that name."""
    if net.skip:
        return _block(net, name)
    twin = _block(replace(net, skip=True), name)
    return replace(_block(net, name), split=twin.split, joint=twin.joint)


def without_skip(block: BlockParts) -> BlockParts:
    """Return the block of a net in training whose skips were taken out; the branch is the same."""
    return replace(block, skip=False, shortcut=())


def _block(net: NetConfig, name: str) -> BlockParts:
    block = next(one for one in plan.blocks_of(net) if one.name == name)
    watched = _Watched(net, name)
    start = arithmetic._Map(arithmetic.SIDE, arithmetic.CHANNELS, 1, 1, 0)
    plan.follow(net, watched, start, skips=net.skip)
    entry, made = watched.entry, watched.made
    adding = next((place for place, part in enumerate(made) if part.part.kind == "add"), None)
    if adding is None:
        branch = tuple(one.part for one in made)
        return BlockParts(block.name, False, *entry, branch, (), 0, len(branch))
    inner, around = made[adding].inputs
    on_branch = _before(made, inner)
    on_shortcut = _before(made, around) - on_branch
    joint = len(on_branch)
    leaves = made[min(on_shortcut)].inputs[0] if on_shortcut else around
    later = [one.part for one in made[adding + 1 :]]
    ordered = sorted(on_branch)
    return BlockParts(
        block.name,
        True,
        *entry,
        (*(made[place].part for place in ordered), *later),
        tuple(made[place].part for place in sorted(on_shortcut)),
        ordered.index(leaves) + 1 if leaves in on_branch else 0,
        joint,
    )


@dataclass(frozen=True)
class _Made:
    """Hold a part and the places of the parts it is computed from; -1 is the block's input."""

    part: Part
    inputs: tuple[int, ...]


def _before(made: list[_Made], place: int) -> set[int]:
    """Return the places of a part and of every part in the block that it depends on."""
    if place < 0:
        return set()
    return {place}.union(*(_before(made, one) for one in made[place].inputs))


class _Watched(arithmetic._Counter):
    """Count a net as `arithmetic` does, and note each layer of one block."""

    def __init__(self, net: NetConfig, block: str):
        super().__init__(net)
        self.made: list[_Made] = []
        self.entry: tuple[tuple[int, int, int], int] = ((0, 0, 0), 0)
        self._prefix = f"{block}_"
        self._places: dict[int, int] = {}  # of what a layer of the block has output, by identity
        self._kept: list[arithmetic._Map] = []  # so that no identity is given twice

    def conv(
        self,
        name: str,
        x: arithmetic._Map,
        filters: int,
        kernel: int,
        stride: int = 1,
        *,
        beside: bool = False,
    ) -> arithmetic._Map:
        make = super().conv
        return self._note(
            "conv", name, (x,), (kernel, stride),
            lambda: make(name, x, filters, kernel, stride, beside=beside),
        )  # fmt: skip

    def depthwise(
        self, name: str, x: arithmetic._Map, kernel: int, stride: int = 1
    ) -> arithmetic._Map:
        make = super().depthwise
        return self._note(
            "depthwise", name, (x,), (kernel, stride), lambda: make(name, x, kernel, stride)
        )

    def norm(self, name: str, x: arithmetic._Map, gamma: float = 1.0) -> arithmetic._Map:
        make = super().norm
        if not self.net.batch_norm:
            return x
        return self._note("norm", name, (x,), (gamma,), lambda: make(name, x, gamma))

    def activation(self, name: str, x: arithmetic._Map) -> arithmetic._Map:
        return self._note("activation", name, (x,), (), lambda: x)

    def add(self, name: str, x: arithmetic._Map, y: arithmetic._Map) -> arithmetic._Map:
        make = super().add
        return self._note("add", name, (x, y), (), lambda: make(name, x, y))

    def scale(self, name: str, x: arithmetic._Map, factor: float) -> arithmetic._Map:
        return self._note("scale", name, (x,), (factor,), lambda: x)

    def learned_scale(self, name: str, x: arithmetic._Map) -> arithmetic._Map:
        make = super().learned_scale
        return self._note("learned_scale", name, (x,), (0.0,), lambda: make(name, x))

    def drop(self, name: str, x: arithmetic._Map, rate: float) -> arithmetic._Map:
        return self._note("drop", name, (x,), (rate,), lambda: x)

    def pad(self, name: str, x: arithmetic._Map, stride: int, channels: int) -> arithmetic._Map:
        make = super().pad
        more = channels - x.channels
        return self._note(
            "pad", name, (x,), (stride, more), lambda: make(name, x, stride, channels)
        )

    def subsample(self, name: str, x: arithmetic._Map) -> arithmetic._Map:
        make = super().subsample
        return self._note("subsample", name, (x,), (2,), lambda: make(name, x))

    def squeeze(self, name: str, x: arithmetic._Map, hidden: int) -> arithmetic._Map:
        make = super().squeeze
        return self._note("squeeze", name, (x,), (hidden,), lambda: make(name, x, hidden))

    def _note(
        self,
        kind: Kind,
        name: str,
        inputs: tuple[arithmetic._Map, ...],
        size: tuple[float, ...],
        make: Callable[[], arithmetic._Map],
    ) -> arithmetic._Map:
        """Return what the layer outputs, as an object of its own, and note it if it counts."""
        before = self._counts()
        output = replace(make())
        self._kept.append(output)
        if name.startswith(self._prefix):
            if not self.made:
                x = inputs[0]
                self.entry = ((x.side, x.side, x.channels), x.field)
            after = self._counts()
            counts = (after[0] - before[0], after[1] - before[1])
            shape = (output.side, output.side, output.channels)
            part = Part(kind, name, shape, *counts, output.field, size)
            places = tuple(self._places.get(id(one), -1) for one in inputs)
            self._places[id(output)] = len(self.made)
            self.made.append(_Made(part, places))
        return output

    def _counts(self) -> tuple[int, int]:
        return (
            sum(row.parameters for row in self.rows),
            sum(row.macs for row in self.rows),
        )
