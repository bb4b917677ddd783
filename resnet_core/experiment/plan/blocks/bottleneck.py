"""The bottleneck: 1x1 down to the width, k x k, 1x1 up to four times the width."""

from resnet_core.experiment.plan.kinds import BLOCKS, BlockKind, Convolution

EXPANSION = 4


def convolutions(width: int, kernel: int, stride: int) -> tuple[Convolution, ...]:
    """Return 1x1, k x k, 1x1 (He et al. 2015, arXiv:1512.03385, Fig. 5 right).

    The stride is on the k x k convolution, as in torchvision's version 1.5, so that no pixel is
    thrown away unseen.
    """
    return (
        Convolution(width, 1),
        Convolution(width, kernel, stride),
        Convolution(EXPANSION * width, 1),
    )


BLOCKS.register("bottleneck")(BlockKind(convolutions, EXPANSION))
