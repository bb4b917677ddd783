"""How long a run will take on this machine."""

import json
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from base import folders
from base.files import write_json
from resnet_core import runs
from resnet_core.experiment.arithmetic import macs
from resnet_core.experiment.config import Experiment
from resnet_core.jobs.worker_process import worker_state

SPEED_FILE = "speed.json"
# Measured on 2 cores: multiply-adds of forward and backward a second, seconds to trace a layer,
# seconds until TensorFlow is imported.
DEFAULT_MACS_S = 3.0e10
TRACE_S_PER_LAYER = 0.055
IMPORT_S = 5.0


@dataclass(frozen=True)
class Estimate:
    """Seconds that a run will take. `measured`: from this machine's own runs, not a default."""

    seconds: float
    measured: bool


def estimate(experiment: Experiment) -> Estimate:
    """From the speed of this machine's last run, or from a typical one."""
    measured = _measured_speed()
    speed = measured or DEFAULT_MACS_S
    train = experiment.train
    work = sum(3 * macs(net) * train.batch * train.steps for net in experiment.arms.values())
    tracing = TRACE_S_PER_LAYER * sum(net.depth for net in experiment.arms.values())
    waiting = {"none": IMPORT_S, "starting": IMPORT_S / 2}.get(worker_state(), 0.0)
    return Estimate(work / speed + tracing + waiting, measured is not None)


def note_speed(run: runs.Run, past: runs.History) -> None:
    """Remember how fast a finished run was, for the next estimate."""
    ended = {e["step"]: e["elapsed_s"] for e in past.of("step")}  # of the arm that came last
    times = [ended[step] for step in sorted(ended)]
    if len(times) < 10:
        return
    seconds = median(after - before for before, after in pairwise(times))  # a pause counts once
    work = sum(3 * macs(net) for net in run.experiment.arms.values()) * run.experiment.train.batch
    folders.home().mkdir(parents=True, exist_ok=True)
    write_json(folders.home() / SPEED_FILE, {"macs_s": work / seconds})


def _measured_speed() -> float | None:
    try:
        speed = float(json.loads((folders.home() / SPEED_FILE).read_text("utf-8"))["macs_s"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return speed if speed > 0 else None
