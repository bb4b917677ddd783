"""Define the settings that claims share, so that they can share runs: small nets, few steps.

An arm is named after its net ("plain-56") and trained in a run of its own. Twenty claims need the
same residual net of 56 layers, which is then trained once for each seed.
"""

from dataclasses import replace
from typing import Any

from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig, Way
from resnet_core.experiment.fine_tuning.comparisons import comparison

WIDTH = 8
NEVER = 1_000_000

# Enough steps for an effect at initialisation.
AT_START = TrainConfig(
    steps=1,
    batch=64,
    learning_rate=0.02,
    augment=False,
    evaluate_images=16,
    checkpoint_every=NEVER,
)
# Trains nothing: a diagnostic measures the net as it is initialised.
UNTRAINED = replace(AT_START, steps=0)
# Three steps show what the first update changes. The rate is that of He et al. 2015.
FIRST_STEPS = TrainConfig(
    steps=3,
    batch=64,
    learning_rate=0.1,
    augment=False,
    evaluate_images=16,
    checkpoint_every=NEVER,
)
# The demonstration's own training, with the gradient flow of the first step only.
SHORT = TrainConfig(
    steps=120,
    batch=64,
    learning_rate=0.02,
    augment=False,
    evaluate_images=16,
    flow_every=NEVER,
)
# The paper's own rate, at which a post-activation net of this depth trains badly.
FAST = replace(SHORT, steps=50, learning_rate=0.1)
# A net that has learned six animals moves to four vehicles: 50 images of each, each seen about 20
# times, and tested once on all test images. The rate is the largest at which the head learns well.
MOVED = TrainConfig(
    steps=120,
    batch=32,
    learning_rate=0.1,
    evaluate_images=4000,
    flow_every=NEVER,
    checkpoint_every=NEVER,
)
HEAD_STEPS = MOVED.steps // 2  # of the head alone, where it is trained first
# Measured after a base net is trained, so that claims about it need no run of their own.
AFTERWARDS = {"residual-56": ("paths",), "residual-20": ("lesion",), "plain-20": ("lesion",)}


def arm(name: str, net: NetConfig, train: TrainConfig = SHORT, **other: Any) -> Experiment:
    """Return an experiment with one arm."""
    return Experiment(name, {name: net}, train, **other)


def residual(depth: int, train: TrainConfig = SHORT, **other: Any) -> Experiment:
    """Return the experiment of a residual net, its shortcuts padded with zeros (option A)."""
    return _base(f"residual-{depth}", NetConfig(depth, WIDTH, **other), train)


def plain(depth: int, train: TrainConfig = SHORT, **other: Any) -> Experiment:
    """Return the experiment of the same net without its shortcuts."""
    return _base(f"plain-{depth}", NetConfig(depth, WIDTH, skip=False, **other), train)


def fine_tuned(name: str, way: Way, train: TrainConfig = MOVED) -> Experiment:
    """Return the experiment of one net that is fine-tuned in one way."""
    return comparison(name, {name: way}, train)


def _base(name: str, net: NetConfig, train: TrainConfig) -> Experiment:
    return arm(name, net, train, measure=AFTERWARDS.get(name, ()) if train == SHORT else ())
