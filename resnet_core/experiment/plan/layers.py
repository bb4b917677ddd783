"""Declare the layers that a plan may ask for by name. `T` is the type of what flows between them.

Two classes implement them: `resnet_core.experiment.arithmetic` counts each layer, and
`resnet_core.nn.resnet.network` makes each one in Keras. A variant is therefore written once.
"""

from typing import Protocol, TypeVar

T = TypeVar("T")


class Layers(Protocol[T]):
    """Declare the layers of one net. Their names are an API: charts align the arms by them."""

    def channels(self, x: T) -> int:
        """Return how many channels x has."""
        ...

    def conv(
        self, name: str, x: T, filters: int, kernel: int, stride: int = 1, *, beside: bool = False
    ) -> T:
        """Convolve x; `beside` marks a layer that does not count as depth."""
        ...

    def depthwise(self, name: str, x: T, kernel: int, stride: int = 1) -> T:
        """Convolve each channel by itself."""
        ...

    def norm(self, name: str, x: T, gamma: float = 1.0) -> T:
        """Normalise x by BatchNorm, with γ starting at `gamma`; nets without it return x."""
        ...

    def activation(self, name: str, x: T) -> T:
        """Apply the activation of the net."""
        ...

    def add(self, name: str, x: T, y: T) -> T:
        """Add two tensors of one shape."""
        ...

    def scale(self, name: str, x: T, factor: float) -> T:
        """Multiply by a constant."""
        ...

    def learned_scale(self, name: str, x: T) -> T:
        """Multiply by one trained number that starts at 0."""
        ...

    def drop(self, name: str, x: T, rate: float) -> T:
        """Set a share `rate` of the values to 0 in training; at inference scale all by 1 - rate."""
        ...

    def pad(self, name: str, x: T, stride: int, channels: int) -> T:
        """Take every `stride`-th pixel and fill the missing channels with zeros."""
        ...

    def subsample(self, name: str, x: T) -> T:
        """Take every second pixel."""
        ...

    def squeeze(self, name: str, x: T, hidden: int) -> T:
        """Weigh the channels: mean of each, dense to `hidden`, ReLU, dense, sigmoid."""
        ...

    def pool(self, name: str, x: T) -> T:
        """Average each channel over the whole map."""
        ...

    def dense(self, name: str, x: T, units: int) -> T:
        """Multiply by a matrix and add a bias."""
        ...
