"""Start, watch and steer training: one worker process per machine, and a queue before it.

The worker is known by its module name only: this module never imports TensorFlow. All truth lies
in files, so the page can be closed and the app restarted without a run noticing.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from resnet_core import folders, runs
from resnet_core.arithmetic import macs
from resnet_core.experiment import Experiment

WORKER_MODULE = "resnet_core.nn.worker"
WORKER_LOCK, WORKER_STATE, WORKER_LOG = "worker.lock", "worker.json", "worker.log"
LINGER_S = 600.0
SPEED_FILE = "speed.json"
# Measured on 2 cores: multiply-adds of forward and backward a second, seconds to trace a layer,
# seconds until TensorFlow is imported.
DEFAULT_MACS_S = 3.0e10
TRACE_S_PER_LAYER = 0.055
IMPORT_S = 5.0

_children: list[subprocess.Popen] = []


@dataclass(frozen=True)
class Estimate:
    """Seconds that a run will take. `measured`: from this machine's own runs, not a default."""

    seconds: float
    measured: bool


def start(experiment: Experiment, *, source: str = "", root: Path | None = None) -> runs.Run:
    """Write the run, put it in the queue and see that a worker lives. Raises RunError."""
    run = runs.create(experiment, source=source, root=root)
    runs.enter_queue(run.folder)
    tend()
    return run


def tend(linger: float = LINGER_S) -> None:
    """Start a worker if a run waits and none lives. Whoever looks at the queue calls this."""
    reap()
    if runs.queue_entries() and not runs.locked(folders.home() / WORKER_LOCK):
        _spawn(linger)


def warm() -> None:
    """Have a worker import TensorFlow and trace the demonstration before Start is pressed."""
    reap()
    if not _children and not runs.locked(folders.home() / WORKER_LOCK):
        _spawn(LINGER_S)


def worker_state() -> str:
    """none, starting, ready or busy."""
    if not runs.locked(folders.home() / WORKER_LOCK):
        return "none"
    try:
        return str(json.loads((folders.home() / WORKER_STATE).read_text("utf-8"))["state"])
    except (OSError, ValueError, KeyError):
        return "starting"


def dismiss() -> None:
    """Ask the worker to go; a run it trains is set aside with a checkpoint."""
    if runs.locked(folders.home() / WORKER_LOCK):
        import psutil

        try:
            told = json.loads((folders.home() / WORKER_STATE).read_text("utf-8"))
            process = psutil.Process(int(told["pid"]))
            if WORKER_MODULE in process.cmdline():
                process.terminate()
        except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
            return  # it is going already


def pause(folder: Path) -> None:
    runs.set_wish(folder, want="pause", until=0)


def step(folder: Path, count: int = 1) -> None:
    """A paused run takes `count` more steps and pauses again."""
    done = runs.history(folder).step
    runs.set_wish(folder, want="pause", until=done + count)
    _revive(folder)


def resume(folder: Path) -> None:
    """Go on: from the pause, or from the last checkpoint when the worker is gone."""
    runs.set_wish(folder, want="run", until=0)
    _revive(folder)


def stop(folder: Path) -> None:
    """End the run and keep its results. One that only waits leaves the queue."""
    runs.set_wish(folder, want="stop", until=0)
    if runs.status(folder).name == "queued" and not (folder / runs.EVENTS).exists():
        runs.leave_queue(folder)
        log = runs.Log(folder)
        log.write("end", status="stopped", reason=None, step=0, elapsed_s=0.0)
        log.close()


def set_rate(folder: Path, rate: float) -> None:
    """The (peak) learning rate from the next step on."""
    runs.set_wish(folder, learning_rate=rate)


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
    runs.write_json(folders.home() / SPEED_FILE, {"macs_s": work / seconds})


def _measured_speed() -> float | None:
    try:
        speed = float(json.loads((folders.home() / SPEED_FILE).read_text("utf-8"))["macs_s"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return speed if speed > 0 else None


def _revive(folder: Path) -> None:
    """Back into the queue, unless a worker holds the run or it waits already."""
    if not runs.locked(folder / runs.LOCK) and runs.queued_place(folder) is None:
        runs.enter_queue(folder)
    tend()


def _spawn(linger: float) -> None:
    home = folders.home()
    home.mkdir(parents=True, exist_ok=True)
    apart = (
        {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    root = Path(__file__).resolve().parent.parent
    with open(home / WORKER_LOG, "ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", WORKER_MODULE, "--linger", str(linger)],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"},
            **apart,
        )
    _children.append(child)


def reap() -> int:
    """Workers started from this process that still live; the ended ones leave no zombie."""
    _children[:] = [child for child in _children if child.poll() is None]
    return len(_children)
