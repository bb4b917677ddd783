"""Define the bottleneck: 1x1 down to the width, k x k, and 1x1 up to four times the width."""

from resnet_core.experiment.plan.kinds import BLOCKS, BlockKind, Convolution

EXPANSION = 4


def convolutions(width: int, kernel: int, stride: int) -> tuple[Convolution, ...]:
    """Return 1x1, k x k, 1x1 (He et al. 2015, arXiv:1512.03385, Fig. 5 right).

    The stride is on the k x k convolution, as in version 1.5 of torchvision, so that every pixel is
    used.
    """
    return (
        Convolution(width, 1),
        Convolution(width, kernel, stride),
        Convolution(EXPANSION * width, 1),
    )


BLOCKS.register("bottleneck")(BlockKind(convolutions, EXPANSION))
