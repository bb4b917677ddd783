"""Define the configuration of a net: depth, width, and what its blocks are made of."""

from dataclasses import dataclass

from resnet_core.experiment.checks.combinations import against_net
from resnet_core.experiment.checks.values import ExperimentError, check, one_of, whole
from resnet_core.experiment.plan.kinds import BLOCKS, KINDS, ORDERS, SHORTCUTS, STARTS
from resnet_core.experiment.plan.net import ROOMS as ROOMS  # registers the variants

STAGES = 3
INITS = ("he", "glorot")
KERNELS = (3, 5)
ACTIVATIONS = ("relu", "gelu", "silu", "tanh")


@dataclass(frozen=True)
class NetConfig:
    """Describe a CIFAR net of He et al. 2015 (arXiv:1512.03385) §4.2, a relative, or a plain twin.

    `depth` counts weight layers: it is 6n + 2, or 9n + 2 with bottlenecks. `width` is the number of
    channels of the first of three stages (16 in the paper). `shortcut`, `order`, `block` and
    `start` name variants of `resnet_core.experiment.plan`. `squeeze` adds squeeze-and-excitation to
    every branch. `separable` makes the k x k convolutions of the branches depthwise-separable, and
    `kernel` is their k. Without `skip` the shortcut is left out and nothing else changes.
    """

    depth: int = 20
    width: int = 16
    skip: bool = True
    shortcut: str = "A"
    batch_norm: bool = True
    init: str = "he"
    classes: int = 10
    order: str = "post"
    block: str = "basic"
    start: str = "standard"
    squeeze: bool = False
    separable: bool = False
    kernel: int = 3
    activation: str = "relu"

    def __post_init__(self) -> None:
        check(
            *(
                (one_of(value, names), name, " or ".join(names), value)
                for name, names in (*KINDS.items(), ("init", INITS), ("activation", ACTIVATIONS))
                for value in [getattr(self, name)]
            ),
            *(
                (isinstance(value, bool), name, "true or false", value)
                for name in ("skip", "batch_norm", "squeeze", "separable")
                for value in [getattr(self, name)]
            ),
            (whole(self.kernel) and self.kernel in KERNELS, "kernel", "3 or 5", self.kernel),
            (whole(self.width) and 4 <= self.width <= 160, "width", "4 to 160", self.width),
            (whole(self.classes) and 2 <= self.classes <= 1000, "classes", "2+", self.classes),
            self._depth_rule(),
        )
        why = against_net(self)
        if why is not None:
            raise ExperimentError(why)

    @property
    def blocks_per_stage(self) -> int:
        """Return n, where the depth is 6n + 2 or, with bottlenecks, 9n + 2."""
        return (self.depth - 2) // depth_step(self.block)

    def _depth_rule(self) -> tuple[bool, str, str, object]:
        step = depth_step(self.block) if one_of(self.block, BLOCKS) else depth_step(BLOCKS.default)
        right = whole(self.depth) and step + 2 <= self.depth <= 1202 and self.depth % step == 2
        return (right, "depth", f"{step}n + 2, from {step + 2} to 1202", self.depth)


def depth_step(block: str) -> int:
    """Return how many layers one more block in every stage adds."""
    return STAGES * BLOCKS[block].depth


__all__ = [
    "ACTIVATIONS",
    "BLOCKS",
    "INITS",
    "KERNELS",
    "ORDERS",
    "SHORTCUTS",
    "STARTS",
    "NetConfig",
    "depth_step",
]
