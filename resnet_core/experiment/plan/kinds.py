"""The kinds of variants that a block is put together from, and what a variant of each kind is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.registry import Registry

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@dataclass(frozen=True)
class Convolution:
    """One convolution of a branch."""

    filters: int
    kernel: int
    stride: int = 1


@dataclass(frozen=True)
class Block:
    """One block of a net. `channels` and `stride` are those of its output; `first` of the net."""

    name: str
    convolutions: tuple[Convolution, ...]
    channels: int
    stride: int
    first: bool


@dataclass(frozen=True)
class BlockKind:
    """The convolutions of a block of some width; its output has `expansion` times the width.

    `convolutions` takes the width, the kernel size and the stride.
    """

    convolutions: Callable[[int, int, int], tuple[Convolution, ...]]
    expansion: int

    @property
    def depth(self) -> int:
        """Return how many layers a block adds to the depth."""
        return len(self.convolutions(1, 3, 1))


class Shortcut(Protocol):
    """The way around the branch, to the shape of the block's output.

    `activated` is what the branch begins with: x itself, but for pre-activation.
    """

    def __call__(
        self, net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T
    ) -> T: ...


class Start(Protocol):
    """How a branch ends before the addition, so that it begins training as it should."""

    def __call__(self, layers: Layers[T], block: Block, y: T) -> T: ...


@dataclass(frozen=True)
class StartKind:
    """What the γ of the branch's last BatchNorm begins with, and what comes after it."""

    gamma: float
    ending: Start
    silent: bool  # the branch outputs zero at first


class OrderOfBlock(Protocol):
    """A whole block: branch, shortcut, addition. `skip` None leaves the shortcut out."""

    def __call__(
        self,
        net: "NetConfig",
        layers: Layers[T],
        block: Block,
        x: T,
        skip: Callable[[T, T], T] | None,
    ) -> T: ...


class AfterBlocks(Protocol):
    """What an order needs between the last block and the pooling."""

    def __call__(self, layers: Layers[T], x: T) -> T: ...


@dataclass(frozen=True)
class OrderKind:
    """Where BatchNorm and activation stand in a block, and after the last one."""

    block: OrderOfBlock
    after: AfterBlocks


def nothing(layers: Layers[T], x: T) -> T:
    """Return x: most orders need nothing after the last block."""
    return x


SHORTCUTS: Registry[Shortcut] = Registry("shortcut", "A")
ORDERS: Registry[OrderKind] = Registry("order", "post")
BLOCKS: Registry[BlockKind] = Registry("block", "basic")
STARTS: Registry[StartKind] = Registry("start", "standard")
KINDS: dict[str, Registry[Any]] = {
    "shortcut": SHORTCUTS,
    "order": ORDERS,
    "block": BLOCKS,
    "start": STARTS,
}
