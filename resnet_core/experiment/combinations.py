"""Combinations of toggles without sense, each with the sentence that explains why."""

from typing import TYPE_CHECKING

from base.messages import Message
from resnet_core.experiment.plan.kinds import STARTS

if TYPE_CHECKING:
    from resnet_core.experiment.net import NetConfig
    from resnet_core.experiment.train import TrainConfig


def against_net(net: "NetConfig") -> Message | None:
    """Return why a net has no sense; None if it has. Its values are known to be right one by one.

    A value without effect is not refused: a plain net ignores its shortcut, so twins can have one.
    """
    if STARTS[net.start].silent and not net.skip:
        english = (
            "A plain net cannot start with branches at zero: without a shortcut every block "
            "outputs zero and no gradient passes. Choose the standard start, or compare something "
            "other than the skips."
        )
        return Message("combination.silent_plain", {"start": net.start}, english)
    if net.start == "zero-gamma" and not net.batch_norm:
        english = "Zero gamma needs BatchNorm, whose gamma it is. Without BatchNorm use SkipInit."
        return Message("combination.gamma_without_norm", {}, english)
    if net.start == "zero-gamma" and net.order in ("pre", "bn-after-add"):
        english = (
            f"Zero gamma needs a BatchNorm at the end of the branch, and the order {net.order} "
            "has none there. Choose post-activation or SkipInit."
        )
        return Message("combination.gamma_not_last", {"order": net.order}, english)
    if net.start == "zero-gamma" and net.order == "relu-before-add" and net.activation == "relu":
        english = (
            "With gamma = 0 a ReLU before the addition gets zeros only and passes no gradient: "
            "the branch never learns. Choose SkipInit, another order or another activation."
        )
        return Message("combination.gamma_behind_relu", {}, english)
    if net.order == "bn-after-add" and not net.batch_norm:
        english = (
            "BatchNorm after the addition needs BatchNorm. Without it this order is "
            "post-activation."
        )
        return Message("combination.order_without_norm", {}, english)
    return None


def against_training(train: "TrainConfig") -> Message | None:
    """Return why a way of training has no sense; None if it has."""
    if train.decay_at and train.schedule != "step":
        english = (
            "Steps at which the learning rate falls belong to the schedule 'step'. "
            f"The schedule '{train.schedule}' has its own course: leave decay_at empty."
        )
        return Message("combination.falls", {"schedule": train.schedule}, english)
    if train.warmup and train.schedule == "one-cycle":
        english = "One-cycle begins with a warm-up of its own: leave warmup at 0."
        return Message("combination.warmup_twice", {}, english)
    if train.optimizer == "nesterov" and train.momentum == 0:
        english = "Nesterov looks ahead along the momentum: with momentum 0 it is plain SGD."
        return Message("combination.nesterov_without_momentum", {}, english)
    return None
