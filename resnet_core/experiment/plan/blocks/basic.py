"""Define the basic block, which has two k x k convolutions."""

from resnet_core.experiment.plan.kinds import BLOCKS, BlockKind, Convolution


def convolutions(width: int, kernel: int, stride: int) -> tuple[Convolution, ...]:
    """Return k x k, k x k (He et al. 2015, arXiv:1512.03385, Fig. 5 left)."""
    return (Convolution(width, kernel, stride), Convolution(width, kernel))


BLOCKS.register("basic")(BlockKind(convolutions, expansion=1))
