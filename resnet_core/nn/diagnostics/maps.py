"""Return kernels and feature maps as small arrays (Zeiler and Fergus 2014, arXiv:1311.2901, §4).

They are the kernels of the first convolution, and the first CHANNELS output channels of the stem
and of the last block of each stage, for one test image. Values are bytes, 0 to 255: a kernel is
scaled from its smallest to its largest weight, a feature map to its own maximum.
"""

from typing import Any

import numpy as np

from resnet_core.experiment import arithmetic
from resnet_core.nn.diagnostics.nets.blocks import cut
from resnet_core.nn.diagnostics.nets.subject import Subject

CHANNELS = 8
IMAGE = 0


def measure(subject: Subject) -> dict[str, Any]:
    """Return the kernels, (kernels, 3, 3, 3), and the maps at each place, (channels, h, w)."""
    images, labels = subject.test(IMAGE + 1)
    parts = cut(subject.model, subject.net)
    x = parts.stem(images[IMAGE:])
    places, maps = ["stem"], [channels(x.numpy()[0])]
    ends = {
        f"stage{s}_block{subject.net.blocks_per_stage}" for s, *_ in arithmetic.blocks(subject.net)
    }
    for block in parts.blocks:
        x = block.whole(x)
        if block.name in ends:
            places.append(block.name)
            maps.append(channels(x.numpy()[0]))
    stem = subject.model.get_layer("stem_conv").get_weights()[0]
    return {
        "kernels": [scaled(stem[..., k]).tolist() for k in range(min(16, stem.shape[-1]))],
        "places": places,
        "maps": maps,
        "image": IMAGE,
        "label": int(labels[IMAGE]),
    }


def channels(x: np.ndarray) -> list[list[list[int]]]:
    """Return the first channels of (h, w, c) as bytes, each scaled to its own maximum."""
    found = []
    for k in range(min(CHANNELS, x.shape[-1])):
        top = float(x[..., k].max())
        values = x[..., k] / top if top > 0 else np.zeros_like(x[..., k])
        found.append(np.round(255 * np.clip(values, 0, 1)).astype(int).tolist())
    return found


def scaled(kernel: np.ndarray) -> np.ndarray:
    """Return a kernel as bytes, scaled from its smallest to its largest weight."""
    low, high = float(kernel.min()), float(kernel.max())
    return np.round(255 * (kernel - low) / max(high - low, 1e-12)).astype(int)
