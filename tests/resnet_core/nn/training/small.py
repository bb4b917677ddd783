"""Sixteen images of noise, and small arms that train on them."""

import numpy as np

from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.nn.training.arms import Arm

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (16, 32, 32, 3), dtype=np.uint8)
LABELS = RNG.integers(0, 10, 16).astype(np.int32)
NET = NetConfig(8, 4)


def arm(net: NetConfig = NET, seed: int = 0, **how) -> Arm:
    """Return an arm that takes all images at once; `how` are further settings of its training."""
    one = Arm(net, TrainConfig(batch=16, **how), seed)
    one.normalise_by(np.full(3, 120.0), np.full(3, 60.0))
    return one
