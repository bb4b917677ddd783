"""Define the kinds of variants that a block is built from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from resnet_core.experiment.plan.layers import Layers, T
from resnet_core.experiment.variants.registry import Registry

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig


@dataclass(frozen=True)
class Convolution:
    """Describe one convolution of a branch."""

    filters: int
    kernel: int
    stride: int = 1


@dataclass(frozen=True)
class Block:
    """Describe a block, whose output has `channels` and `stride`; `first` is the net's first.

    Of a block that is `deleted` only the shortcut is left.
    """

    name: str
    convolutions: tuple[Convolution, ...]
    channels: int
    stride: int
    first: bool
    deleted: bool = False


@dataclass(frozen=True)
class BlockKind:
    """Define the convolutions of a block; its output has `expansion` times the block's width.

    `convolutions` takes the width, the kernel size and the stride.
    """

    convolutions: Callable[[int, int, int], tuple[Convolution, ...]]
    expansion: int

    @property
    def depth(self) -> int:
        """Return how many layers a block adds to the depth."""
        return len(self.convolutions(1, 3, 1))


class Shortcut(Protocol):
    """Define the way around the branch, which brings x to the shape of the block's output.

    `activated` is the input of the branch. It is x itself except with pre-activation.
    """

    def __call__(
        self, net: "NetConfig", layers: Layers[T], block: Block, x: T, activated: T
    ) -> T: ...


class Start(Protocol):
    """Define how a branch ends before the addition."""

    def __call__(self, layers: Layers[T], block: Block, y: T) -> T: ...


@dataclass(frozen=True)
class StartKind:
    """Define the initial γ of the branch's last BatchNorm, and what follows that BatchNorm."""

    gamma: float
    ending: Start
    silent: bool  # the branch outputs zero at first


class OrderOfBlock(Protocol):
    """Build a whole block: branch, shortcut and addition. With `skip` None there is no shortcut."""

    def __call__(
        self,
        net: "NetConfig",
        layers: Layers[T],
        block: Block,
        x: T,
        skip: Callable[[T, T], T] | None,
    ) -> T: ...


class AfterBlocks(Protocol):
    """Build what an order needs between the last block and the pooling."""

    def __call__(self, layers: Layers[T], x: T) -> T: ...


@dataclass(frozen=True)
class OrderKind:
    """Define where BatchNorm and activation come in a block, and after the last one."""

    block: OrderOfBlock
    after: AfterBlocks


def nothing(layers: Layers[T], x: T) -> T:
    """Return x, because most orders need nothing after the last block."""
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
