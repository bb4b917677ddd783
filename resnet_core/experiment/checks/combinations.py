"""Refuse combinations of toggles that make no sense, each with a sentence that explains why."""

from typing import TYPE_CHECKING

from base.messages import Message
from resnet_core.experiment.plan.kinds import STARTS

if TYPE_CHECKING:
    from resnet_core.experiment.fine_tuning.way import Way
    from resnet_core.experiment.net import NetConfig
    from resnet_core.experiment.train import TrainConfig


def against_net(net: "NetConfig") -> Message | None:
    """Return why a net makes no sense, or None if it does. Each value alone is already checked.

    A value without effect is not refused: a plain net ignores its shortcut, so twins can have one.
    """
    if STARTS[net.start].silent and not net.skip:
        return Message("combination.silent_plain", {"start": net.start})
    if net.start == "zero-gamma" and not net.batch_norm:
        return Message("combination.gamma_without_norm")
    if net.start == "zero-gamma" and net.order in ("pre", "bn-after-add"):
        return Message("combination.gamma_not_last", {"order": net.order})
    if net.start == "zero-gamma" and net.order == "relu-before-add" and net.activation == "relu":
        return Message("combination.gamma_behind_relu")
    if net.order == "bn-after-add" and not net.batch_norm:
        return Message("combination.order_without_norm")
    return None


def against_training(train: "TrainConfig") -> Message | None:
    """Return why a way of training makes no sense, or None if it does."""
    if train.decay_at and train.schedule != "step":
        return Message("combination.falls", {"schedule": train.schedule})
    if train.warmup and train.schedule == "one-cycle":
        return Message("combination.warmup_twice")
    if train.optimizer == "nesterov" and train.momentum == 0:
        return Message("combination.nesterov_without_momentum")
    return None


def against_way(way: "Way") -> Message | None:
    """Return why a way of fine-tuning makes no sense, or None if it does."""
    if not way.pretrained and way.norms == "frozen":
        return Message("combination.fresh_averages")
    return None
