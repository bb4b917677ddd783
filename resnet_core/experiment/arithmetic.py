"""Layers, shapes, parameters, multiply-adds, receptive field and memory of a net, by arithmetic.

Needs no TensorFlow; a test holds every figure against the net that is really built.
"""

from dataclasses import dataclass

from resnet_core.experiment.config import NetConfig

SIDE = 32  # CIFAR images are 32 x 32 x 3
CHANNELS = 3


@dataclass(frozen=True)
class LayerRow:
    """One weight layer. `output` is (height, width, channels); `macs` are multiply-adds of one
    image, counted as in He et al. 2015 Table 1 (BatchNorm, ReLU and addition left out);
    `parameters` are trainable ones, those of the BatchNorm behind the layer included;
    `receptive_field` is the side, in pixels, of the input patch that one output sees.
    """

    name: str
    output: tuple[int, int, int]
    parameters: int
    macs: int
    receptive_field: int
    projection: bool = False


def layers(net: NetConfig) -> list[LayerRow]:
    """Return the weight layers in order, with the projections of option B beside their block."""
    rows = [_conv(net, "stem_conv", SIDE, CHANNELS, net.width, 3, field=3)]
    side, channels, field, jump = SIDE, net.width, 3, 1
    for stage, block, width, stride in blocks(net):
        name = f"stage{stage}_block{block}"
        entering = field
        field += 2 * jump
        side, jump = side // stride, jump * stride
        rows.append(_conv(net, f"{name}_conv1", side, channels, width, 3, field))
        if projects(net, channels, width):
            rows.append(_conv(net, f"{name}_shortcut", side, channels, width, 1, entering))
        field += 2 * jump
        rows.append(_conv(net, f"{name}_conv2", side, width, width, 3, field))
        channels = width
    weights = channels * net.classes
    field += (side - 1) * jump  # global average pooling sees the whole map
    rows.append(LayerRow("head", (1, 1, net.classes), weights + net.classes, weights, field))
    return rows


def blocks(net: NetConfig) -> list[tuple[int, int, int, int]]:
    """Return (stage, block, width, stride of the first convolution), in order."""
    return [
        (stage, block, net.width * 2 ** (stage - 1), 2 if stage > 1 and block == 1 else 1)
        for stage in (1, 2, 3)
        for block in range(1, net.blocks_per_stage + 1)
    ]


def projects(net: NetConfig, channels: int, width: int) -> bool:
    """Say whether a block from `channels` to `width` has a projection shortcut (option B)."""
    return net.skip and net.shortcut == "B" and channels != width


def weight_layers(net: NetConfig) -> list[str]:
    """Return the names of the 6n + 2 layers that count as depth; projections do not."""
    return [row.name for row in layers(net) if not row.projection]


def parameters(net: NetConfig) -> int:
    """Return the number of trainable parameters."""
    return sum(row.parameters for row in layers(net))


def macs(net: NetConfig) -> int:
    """Return the multiply-adds of one forward pass of one image."""
    return sum(row.macs for row in layers(net))


def _conv(
    net: NetConfig, name: str, side: int, inputs: int, outputs: int, kernel: int, field: int
) -> LayerRow:
    weights = kernel * kernel * inputs * outputs
    extra = 2 * outputs if net.batch_norm else outputs  # gamma and beta, or the bias
    return LayerRow(
        name, (side, side, outputs), weights + extra, weights * side * side, field, kernel == 1
    )
