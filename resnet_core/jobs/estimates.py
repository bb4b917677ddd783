"""Estimate how long a run will take on this machine, from measurements by configuration.

A worker records the seconds a step of every run that it has trained. A configuration that this
machine has trained is estimated from that. Any other is estimated from the typical seconds below
times this machine's factor for its precision and width, which the worker measures once
(`machine`). Until then the factor is the median ratio of the machine's own runs to their typical
seconds, of the same precision if there are any.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import log2
from statistics import median
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from base import folders
from base.files import write_json
from resnet_core import runs
from resnet_core.experiment.arithmetic import macs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import machine_speed
from resnet_core.jobs.worker_files import worker_state
from resnet_core.runs import sources

SPEED_FILE = "speed.json"
KEPT = 64  # number of configurations
FEWEST_STEPS = 8  # steps needed to measure a speed
RECENT = 20  # steps from which the pace of a running run is taken
# Typical values of two cores, from the bench over depths, widths and precisions (docs/bench.md;
# widths 4 and 32 are extrapolated): multiply-adds a second of two arms side by side, the share that
# one arm alone reaches, the extra seconds of every layer, whatever its size, and those of an image
# for each channel of the stem, which shallow nets show.
MACS_S = {
    "float32": {4: 3.5e10, 8: 5.7e10, 16: 8.6e10, 32: 1.0e11},
    "bfloat16": {4: 4.5e10, 8: 7.7e10, 16: 1.36e11, 32: 1.6e11},
}
ALONE = {4: 0.7, 8: 0.75, 16: 0.9, 32: 1.0}
LAYER_S = 0.0002
STEM_S_PER_CHANNEL = 9e-6
BUILD_S_PER_LAYER = 0.018  # to build an arm and take its first step
TRACE_S_PER_LAYER = 0.037  # to compile it, once with the gradient flow and once without
PREDICT_S_PER_LAYER = 0.01  # to compile its forward pass for the evaluation
IMPORT_S = 5.0
DATA_S = 0.7
CLOSING_S = 5.0  # longest time of the closing evaluation
WARM_ARMS = 2  # those of the demonstration, for which a worker that waits is ready
SPOT_CHECK = 100  # with fewer images the closing evaluation takes no more than those
TEST_IMAGES = 10_000
# For one arm: the processor seconds of each layer, and those of 10^9 multiply-adds of one image, at
# depth 20 (docs/diagnostics.md).
MEASURING_S = {
    "shatter": (0.04, 15.0),
    "precision": (0.065, 20.0),
    "lesion": (0.06, 100.0),
    "paths": (0.02, 10.0),
    "loss_slice": (0.10, 180.0),
    "rate_range": (0.10, 220.0),
    "confusion": (0.02, 47.0),
    "maps": (0.005, 0.0),
    "batch_statistics": (0.08, 70.0),
}
BY_BLOCK = ("lesion", "paths")  # these run the net once for each of its blocks

Positive = Annotated[float, Meta(gt=0, le=1e6)]
Basis = Literal["measured", "machine", "typical"]


class Speed(msgspec.Struct, frozen=True):
    """Hold the seconds a step, and their ratio to the typical seconds."""

    step_s: Positive
    factor: Positive


class Speeds(msgspec.Struct, frozen=True):
    """Hold the contents of speed.json: measurements by configuration, the latest last."""

    known: dict[str, Speed] = {}


@dataclass(frozen=True)
class Estimate:
    """Hold the seconds that a run will take.

    `basis` is "measured" if they come from this configuration on this machine, "machine" if from
    its other runs, and "typical" if it has none.
    """

    seconds: float
    basis: Basis


def estimate(experiment: Experiment) -> Estimate:
    """Estimate a run that has not begun, including its start and its closing evaluation."""
    step_s, basis = _step_seconds(experiment)
    train, found = experiment.train, machine_speed.measured()
    preparing = found.preparing if found else 1.0
    starting = DATA_S + _import_seconds(len(experiment.arms))
    layers = sum(net.depth for net in experiment.arms.values())
    start_s = preparing * (starting + _preparing_seconds(experiment, layers))
    closing = _closing_seconds(experiment)
    if experiment.measure and not train.steps:
        closing = 0.0  # what only measures does not evaluate besides
    between = _evaluations(train) * train.evaluate_images * _image_seconds(experiment)
    of_a_seed = step_s * train.steps + between + closing + _measuring_seconds(experiment)
    again = (experiment.seeds - 1) * DATA_S  # the nets stay as they are traced
    before = sum(_source_seconds(one) for one in map(experiment.of_seed, experiment.every_seed))
    return Estimate(start_s + experiment.seeds * of_a_seed + again + before, basis)


def typical_preparing_seconds(layers: int) -> float:
    """Return the seconds to build nets of so many layers and to trace them once."""
    return layers * (BUILD_S_PER_LAYER + TRACE_S_PER_LAYER)


def remaining(run: runs.Run, past: runs.History) -> float:
    """Estimate the seconds that a running run has still to go, by the pace of its last steps."""
    experiment = run.experiment
    left = max(0, experiment.all_steps - past.behind(experiment.train.steps))
    paces = (pace(one) for one in reversed(past.by_seed))
    step_s = next(filter(None, paces), None) or _step_seconds(experiment)[0]
    closings = experiment.seeds - len(past.finished)
    return left * step_s + closings * _closing_seconds(experiment)


def pace(past: runs.History) -> float | None:
    """Return the seconds of a step of all arms, the median of the last steps, or None at first."""
    ended: dict[int, float] = {}  # end of each step, by its last arm
    for event in past.of("step")[-8 * RECENT :]:
        ended[event["step"]] = max(event["elapsed_s"], ended.get(event["step"], 0.0))
    times = [ended[step] for step in sorted(ended)][-RECENT - 1 :]
    seconds = [after - before for before, after in pairwise(times)]
    return median(seconds) if len(seconds) >= 2 else None


def note_speed(run: runs.Run, past: runs.History) -> None:
    """Store how fast a run was, for the next estimate. The worker calls this."""
    seconds = pace(past)
    if seconds is None or seconds <= 0 or len(past.of("step")) < FEWEST_STEPS:
        return
    key = configuration(run.experiment)
    others = {name: speed for name, speed in _speeds().known.items() if name != key}
    factor = seconds / typical_step_seconds(run.experiment)
    latest = [*others.items(), (key, Speed(float(f"{seconds:.4g}"), float(f"{factor:.4g}")))]
    known = {name: msgspec.to_builtins(speed) for name, speed in latest[-KEPT:]}
    write_json(folders.home() / SPEED_FILE, {"known": known})


def configuration(experiment: Experiment) -> str:
    """Return what the seconds of a step depend on, as the key of speed.json."""
    train = experiment.train
    nets = "+".join(
        f"{net.depth}w{net.width}{'-skip' if net.skip else ''}{'-bn' if net.batch_norm else ''}"
        f"{'-B' if net.skip and net.shortcut == 'B' else ''}{_net_toggles(net)}"
        for net in experiment.arms.values()
    )
    how = f"batch {train.batch} {train.precision} flow every {train.flow_every}"
    how += " fine-tuned" if experiment.fine_tuning is not None else ""
    return f"{nets} {how}{_train_toggles(train)}"


def _net_toggles(net: NetConfig) -> str:
    """Return the changed toggles of a net that take time, besides options A and B."""
    names = ("order", "block", "start", "squeeze", "separable", "kernel", "activation")
    return ("" if net.shortcut in "AB" or not net.skip else f"-{net.shortcut}") + _told(net, names)


def _train_toggles(train: TrainConfig) -> str:
    return _told(train, ("optimizer", "clip_norm", "label_smoothing"))


def _told(config: NetConfig | TrainConfig, names: tuple[str, ...]) -> str:
    defaults = type(config)()
    return "".join(
        f"-{name}={getattr(config, name)}"
        for name in names
        if getattr(config, name) != getattr(defaults, name)
    )


def typical_step_seconds(experiment: Experiment) -> float:
    """Return the seconds that one step of all arms takes on two cores."""
    train, nets = experiment.train, experiment.arms.values()
    seconds = 0.0
    for net in nets:
        speed = _by_width(MACS_S[train.precision], net.width)
        if len(nets) == 1:
            speed *= _by_width(ALONE, net.width)
        image_s = 3 * macs(net) / speed + net.width * STEM_S_PER_CHANNEL
        seconds += image_s * train.batch + net.depth * LAYER_S
    return seconds


def _step_seconds(experiment: Experiment) -> tuple[float, Basis]:
    found = _speeds().known.get(configuration(experiment))
    if found is not None:
        return found.step_s, "measured"
    factor, basis = _factor(experiment)
    return factor * typical_step_seconds(experiment), basis


def _factor(experiment: Experiment) -> tuple[float, Basis]:
    """Return the ratio of this machine's seconds to the typical ones, and where it is from."""
    precision, here = experiment.train.precision, machine_speed.measured()
    by_width = here.steps.get(precision) if here else None
    if by_width:
        table = {int(width): factor for width, factor in by_width.items()}
        widths = [net.width for net in experiment.arms.values()]
        return sum(_by_width(table, width) for width in widths) / len(widths), "machine"
    known = _speeds().known
    alike = [speed for name, speed in known.items() if f" {precision} " in name]
    if known:
        return median(speed.factor for speed in alike or known.values()), "machine"
    return 1.0, "typical"


def _import_seconds(arms: int) -> float:
    """Return the seconds until a worker is ready that shares the cores for so many arms.

    A worker that waits is ready for the two arms of the demonstration. Others are left to its
    successor if they share the cores another way.
    """
    cores, state = machine_speed.cores(), worker_state()
    if state == "none":
        return IMPORT_S
    other = IMPORT_S if (arms >= cores) != (cores <= WARM_ARMS) else 0.0
    return other + (IMPORT_S / 2 if state == "starting" else 0.0)


def _preparing_seconds(experiment: Experiment, layers: int) -> float:
    """Return the typical seconds to build the nets, to trace them, and their first steps."""
    train = experiment.train
    traces = 0 if train.steps <= 1 else 1 if train.flow_every in (1, train.steps) else 2
    # In less than float32 the first step is taken in float32 besides, by a net of its own.
    builds = 1 if train.precision == "float32" or not train.steps else 2
    each = builds * BUILD_S_PER_LAYER + traces * TRACE_S_PER_LAYER + PREDICT_S_PER_LAYER
    return layers * each


def _source_seconds(experiment: Experiment) -> float:
    """Return the seconds in which the nets learn the other classes that no run has trained yet."""
    moved = experiment.fine_tuning
    if moved is None:
        return 0.0
    train, seconds = moved.source_train, 0.0
    for arm in sources.missing(experiment):
        net = moved.source_net(experiment.arms[arm], experiment.dataset)
        one = (
            3
            * macs(net)
            * train.batch
            / (_by_width(MACS_S[train.precision], net.width) * _by_width(ALONE, net.width))
        )
        step_s = (one + net.depth * LAYER_S) * _factor(experiment)[0]
        seconds += step_s * train.steps + typical_preparing_seconds(net.depth)
    return seconds


def _measuring_seconds(experiment: Experiment) -> float:
    """Return the seconds of the diagnostics, which measure one arm after the other."""
    seconds = 0.0
    for name in experiment.measure:
        layer, unit = MEASURING_S[name]
        for net in experiment.arms.values():
            times = net.depth / 20 if name in BY_BLOCK else 1.0
            seconds += layer * net.depth + unit * times * macs(net) / 1e9
    return seconds


def _evaluations(train: TrainConfig) -> int:
    """Return how often the arms are evaluated before the end."""
    return max(0, train.steps - 1) // train.evaluate_every if train.evaluate_every else 0


def _closing_seconds(experiment: Experiment) -> float:
    """Return the seconds of the closing evaluation, on as many images as fit in CLOSING_S."""
    per_image, at_least = _image_seconds(experiment), experiment.train.evaluate_images
    if at_least < SPOT_CHECK:
        return at_least * per_image
    return min(TEST_IMAGES * per_image, max(CLOSING_S, at_least * per_image))


def _image_seconds(experiment: Experiment) -> float:
    """Return the seconds in which all arms process one test image.

    The forward pass is a third of the work of a step. The arms take turns, so that arms which train
    side by side on a core each have only that core.
    """
    step_s, _ = _step_seconds(experiment)
    arms, cores = len(experiment.arms), machine_speed.cores()
    return (cores if arms >= cores else 1) * step_s / experiment.train.batch / 3


def _by_width(table: dict[int, float], width: int) -> float:
    """Interpolate between the widths of a table, on a log scale of the width."""
    below = max((known for known in table if known <= width), default=min(table))
    above = min((known for known in table if known >= width), default=max(table))
    if below >= above:
        return table[above] if width >= above else table[below]
    share = log2(width / below) / log2(above / below)
    return float(table[below] ** (1 - share) * table[above] ** share)


def _speeds() -> Speeds:
    try:
        return msgspec.json.decode((folders.home() / SPEED_FILE).read_bytes(), type=Speeds)
    except (OSError, ValueError, RecursionError):
        return Speeds()
