"""Measure losses, gradients and activations for several claims, as one number for each seed.

A gradient flow is a list over the weight layers from the input side; the last is the dense head.
"""

import math
from statistics import fmean

from resnet_core.claims.claim import Evidence, Measure

WINDOW = 10  # steps over which a training loss is averaged


def last_loss(evidence: Evidence, arm: str, window: int = WINDOW) -> float:
    """Return the training loss over the last steps, or infinity if one is not a number."""
    losses = [event["loss"] for event in evidence.of("step", arm)][-window:]
    return fmean(losses) if losses and None not in losses else math.inf


def difference(worse: str, better: str) -> Measure:
    """Return a measure: training loss of one arm minus that of another, at the end."""

    def measure(evidence: Evidence) -> float:
        return last_loss(evidence, worse) - last_loss(evidence, better)

    return measure


def drop_below_chance(*arms: str, steps: int) -> Measure:
    """Return a measure: by how much the best of the arms has come below ln 10, the loss of a guess.

    Averaged over the WINDOW steps that end with step `steps`, counted from 1; minus infinity where
    every arm had a loss that was no number.
    """

    def measure(evidence: Evidence) -> float:
        return math.log(10) - min(_loss_before(evidence, arm, steps) for arm in arms)

    return measure


def accuracy_gained(better: str, worse: str) -> Measure:
    """Return a measure: test accuracy of one arm minus that of another, at the end."""

    def measure(evidence: Evidence) -> float:
        return _last_accuracy(evidence, better) - _last_accuracy(evidence, worse)

    return measure


def first_loss(arm: str) -> Measure:
    """Return a measure: training loss of an arm at step 0."""

    def measure(evidence: Evidence) -> float:
        loss = evidence.of("step", arm)[0]["loss"]
        return math.inf if loss is None else float(loss)

    return measure


def backward_ratio(arm: str, step: int = 0) -> Measure:
    """Return a measure: ||dL/dW|| of the second convolution over that of the last, at a step."""

    def measure(evidence: Evidence) -> float:
        norms = _flow(evidence, arm, step)["weight_gradient"][:-1]
        if norms[1] is None or norms[-1] is None or norms[1] == norms[-1] == 0:
            return math.nan
        return float(norms[1] / norms[-1]) if norms[-1] else math.inf

    return measure


def largest_gradient(arm: str, step: int = 0) -> Measure:
    """Return a measure: the largest ||dL/dW|| of any convolution, at a step."""

    def measure(evidence: Evidence) -> float:
        norms = _flow(evidence, arm, step)["weight_gradient"][:-1]
        return max(math.inf if norm is None else float(norm) for norm in norms)

    return measure


def growth_per_block(arm: str, depth: int) -> Measure:
    """Return a measure: the factor by which the variance of a block's input grows at each block.

    It is the geometric mean over the blocks of the last two thirds of a stage, at step 0. The input
    of a block is that of its first convolution, which is every second entry after the stem.
    """

    def measure(evidence: Evidence) -> float:
        deviations = _flow(evidence, arm, 0)["activation_std"]
        blocks = (depth - 2) // 6
        firsts = [deviations[1 + 2 * block] for block in range(3 * blocks)]
        logs = []
        for stage in range(3):
            inside = firsts[stage * blocks + 1 : (stage + 1) * blocks]
            logs += [2 * math.log(b / a) for a, b in zip(inside, inside[1:], strict=False)]
        return math.exp(fmean(logs))

    return measure


def growth_per_layer(arm: str, depth: int) -> Measure:
    """Return a measure: the factor by which the variance of activations grows from layer to layer.

    It is the geometric mean over the convolutions within each stage, at step 0. The layers where
    the width changes are left out.
    """

    def measure(evidence: Evidence) -> float:
        deviations = _flow(evidence, arm, 0)["activation_std"]
        a_stage = (depth - 2) // 3
        logs = []
        for stage in range(3):
            inside = deviations[2 + stage * a_stage : 1 + (stage + 1) * a_stage]
            logs.append(2 * math.log(inside[-1] / inside[0]) / (len(inside) - 1))
        return math.exp(fmean(logs))

    return measure


def ratio_between(arm: str, later: int, earlier: int = 0) -> Measure:
    """Return a measure: the backward ratio at one step over that at an earlier one."""

    def measure(evidence: Evidence) -> float:
        return backward_ratio(arm, later)(evidence) / backward_ratio(arm, earlier)(evidence)

    return measure


def ratio_per_layer(deep: str, shallow: str, layers: int) -> Measure:
    """Return a measure: the factor by which the backward ratio grows with each layer of depth."""

    def measure(evidence: Evidence) -> float:
        between = backward_ratio(deep)(evidence) / backward_ratio(shallow)(evidence)
        return float(between ** (1 / layers))

    return measure


def parameters_between(more: str, fewer: str) -> Measure:
    """Return a measure: trainable parameters of one built arm minus those of another."""

    def measure(evidence: Evidence) -> float:
        built = {event["arm"]: event["parameters"] for event in evidence.of("built")}
        return float(built[more] - built[fewer])

    return measure


def figure(diagnostic: str, arm: str, name: str, layer: int | None = None) -> Measure:
    """Return a measure: a figure that a diagnostic gives for an arm, or its entry for a layer."""

    def measure(evidence: Evidence) -> float:
        found = evidence.of("diagnostic", arm)
        figures = next(event["figures"] for event in found if event["name"] == diagnostic)
        return float(figures[name] if layer is None else figures[name][layer])

    return measure


def _last_accuracy(evidence: Evidence, arm: str) -> float:
    events = evidence.of("eval", arm)
    return float(events[-1]["accuracy"]) if events else math.nan


def _loss_before(evidence: Evidence, arm: str, steps: int) -> float:
    events = [event for event in evidence.of("step", arm) if event["step"] < steps]
    losses = [event["loss"] for event in events][-WINDOW:]
    return fmean(losses) if losses and None not in losses else math.inf


def _flow(evidence: Evidence, arm: str, step: int) -> dict:
    return next(event for event in evidence.of("flow", arm) if event["step"] == step)
