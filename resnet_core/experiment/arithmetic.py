"""Compute the layers, shapes, parameters, multiply-adds, receptive field and memory of a net.

This needs no TensorFlow: it follows the same plan as the net that is built, and counts. A test
compares every figure with the net that is really built.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.plan import net as plan
from resnet_core.experiment.surgery.cuts import block_of

SIDE = 32  # CIFAR images are 32 x 32 x 3
CHANNELS = 3


@dataclass(frozen=True)
class LayerRow:
    """Describe one weight layer.

    `output` is (height, width, channels). `macs` are the multiply-adds of one image, counted as in
    He et al. 2015 Table 1 (without BatchNorm, ReLU and addition). `parameters` are trainable and
    include those of the BatchNorm or scale after the layer. `receptive_field` is the side, in
    pixels, of the input patch that one output sees. `beside` marks layers that do not count as
    depth: projections, and the two layers of squeeze-and-excitation.
    """

    name: str
    output: tuple[int, int, int]
    parameters: int
    macs: int
    receptive_field: int
    beside: bool = False


def layers(net: NetConfig) -> list[LayerRow]:
    """Return the weight layers in order, with the projections beside their block."""
    return list(_counted(net, net.skip))


def blocks(net: NetConfig) -> list[tuple[int, int, int, int]]:
    """Return (stage, block, width, stride of the first convolution) of each block, in order."""
    return [
        (stage, block, net.width * 2 ** (stage - 1), 2 if stage > 1 and block == 1 else 1)
        for stage in (1, 2, 3)
        for block in range(1, net.blocks_per_stage + 1)
    ]


def weight_layers(net: NetConfig) -> list[str]:
    """Return the names of the layers that count as depth, which excludes projections.

    Their number is `net.depth`, except that a separable convolution counts twice.
    """
    return [row.name for row in layers(net) if not row.beside]


def parameters(net: NetConfig) -> int:
    """Return the number of trainable parameters."""
    return sum(row.parameters for row in layers(net))


def macs(net: NetConfig) -> int:
    """Return the multiply-adds of one forward pass of one image."""
    return sum(row.macs for row in layers(net))


def skips_have_weights(net: NetConfig) -> bool:
    """Return whether the shortcuts have weights, so that the net is not whole without them."""
    return len(_counted(net, True)) != len(_counted(net, False))


def blocks_with_heavy_skips(net: NetConfig) -> frozenset[str]:
    """Return the names of the blocks whose shortcut has weights, if the net has shortcuts."""
    bare = {row.name for row in _counted(net, False)}
    beside = [row.name for row in _counted(net, True) if row.name not in bare]
    return frozenset(block_of(name) for name in beside)


@dataclass(frozen=True)
class _Map:
    """Describe a tensor between layers: its shape, its receptive field, and the row it comes from.

    `jump` is the distance in input pixels between two neighbouring places.
    """

    side: int
    channels: int
    field: int
    jump: int
    row: int


class _Counter:
    """Follow a plan (`resnet_core.experiment.plan.layers`) by counting."""

    def __init__(self, net: NetConfig):
        self.net = net
        self.rows: list[LayerRow] = []

    def channels(self, x: _Map) -> int:
        return x.channels

    def conv(
        self,
        name: str,
        x: _Map,
        filters: int,
        kernel: int,
        stride: int = 1,
        *,
        beside: bool = False,
    ) -> _Map:
        return self._convolve(name, x, filters, kernel, stride, x.channels * filters, beside)

    def depthwise(self, name: str, x: _Map, kernel: int, stride: int = 1) -> _Map:
        return self._convolve(name, x, x.channels, kernel, stride, x.channels, False)

    def norm(self, name: str, x: _Map, gamma: float = 1.0) -> _Map:
        return self._more(x, 2 * x.channels) if self.net.batch_norm else x

    def activation(self, name: str, x: _Map) -> _Map:
        return x

    def add(self, name: str, x: _Map, y: _Map) -> _Map:
        return replace(x, field=max(x.field, y.field))

    def scale(self, name: str, x: _Map, factor: float) -> _Map:
        return x

    def learned_scale(self, name: str, x: _Map) -> _Map:
        return self._more(x, 1)

    def drop(self, name: str, x: _Map, rate: float) -> _Map:
        return x

    def pad(self, name: str, x: _Map, stride: int, channels: int) -> _Map:
        return replace(x, side=x.side // stride, channels=channels, jump=x.jump * stride)

    def subsample(self, name: str, x: _Map) -> _Map:
        return replace(x, side=x.side // 2, jump=x.jump * 2)

    def squeeze(self, name: str, x: _Map, hidden: int) -> _Map:
        whole = self.pool(name, x)
        self._dense(f"{name}_down", whole, hidden, beside=True)
        self._dense(f"{name}_up", replace(whole, channels=hidden), x.channels, beside=True)
        return replace(x, field=whole.field)

    def pool(self, name: str, x: _Map) -> _Map:
        """Return the pooled map, whose receptive field covers the whole map."""
        return replace(x, side=1, field=x.field + (x.side - 1) * x.jump)

    def dense(self, name: str, x: _Map, units: int) -> _Map:
        return self._dense(name, x, units, beside=False)

    def _dense(self, name: str, x: _Map, units: int, *, beside: bool) -> _Map:
        weights = x.channels * units
        output = (1, 1, units)
        self.rows.append(LayerRow(name, output, weights + units, weights, x.field, beside))
        return replace(x, channels=units, row=len(self.rows) - 1)

    def _convolve(
        self, name: str, x: _Map, filters: int, kernel: int, stride: int, pairs: int, beside: bool
    ) -> _Map:
        """Return the map after a convolution with `pairs` pairs of input and output channels."""
        weights, side = kernel * kernel * pairs, x.side // stride
        field = x.field + (kernel - 1) * x.jump
        bias = 0 if self.net.batch_norm else filters  # BatchNorm's beta takes its place
        output = (side, side, filters)
        row = LayerRow(name, output, weights + bias, weights * side * side, field, beside)
        self.rows.append(row)
        return _Map(side, filters, field, x.jump * stride, len(self.rows) - 1)

    def _more(self, x: _Map, parameters: int) -> _Map:
        """Count parameters in the layer that x comes from."""
        row = self.rows[x.row]
        self.rows[x.row] = replace(row, parameters=row.parameters + parameters)
        return x


@lru_cache(maxsize=256)
def _counted(net: NetConfig, skips: bool) -> tuple[LayerRow, ...]:
    counter = _Counter(net)
    plan.follow(net, counter, _Map(SIDE, CHANNELS, 1, 1, 0), skips=skips)
    return tuple(counter.rows)
