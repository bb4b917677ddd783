"""Stand in for the trainer: sleep instead of training, and write the log of a run that trains.

The rehearsal fills a cluster with it, and tests with it need no TensorFlow.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from resnet_core import runs
from resnet_core.experiment.arithmetic import weight_layers
from resnet_core.experiment.config import QUANTITIES, Experiment
from resnet_core.runs import checkpoints

STEP_S = "RESIDUAL_SLEEPER_STEP_S"  # seconds that a step takes, 0.02 if unset
LOOK_EVERY_S = 0.02


class Trainer:
    """Obey what is asked between two steps, as the real trainer does."""

    def __init__(self, arms: int, cores: int):
        self._step_s = float(os.environ.get(STEP_S, "0.02"))

    def warm(self) -> None:
        """Do nothing, because a sleeper has nothing to prepare."""

    def train(self, folder: Path, images: Any, asked_to_park: Callable[[], bool]) -> None:
        """Write the events of every step after the last checkpoint."""
        run, past, log = runs.load(folder), runs.history(folder), runs.Log(folder)
        began, before = time.monotonic(), past.seconds
        kept = checkpoints.latest(folder / runs.CHECKPOINTS)
        step = kept[0] if kept else 0

        def write(kind: str, **values: object) -> None:
            log.write(kind, **{"step": step, "elapsed_s": seconds(), **values})  # type: ignore[arg-type]

        def seconds() -> float:
            return before + time.monotonic() - began

        # The clock at `elapsed_s` 0, in whole milliseconds, because a log does not round those.
        clock_ms = round((time.time() - before) * 1e3)
        write("started", from_step=step, clock_ms=clock_ms, **_facts(run.experiment, images))
        write("state", state="running")
        train = run.experiment.train
        while step < train.steps:
            asked = _heed(folder, step, asked_to_park, write)
            if asked in ("park", "stop"):
                break
            rate = runs.control(folder).learning_rate or train.learning_rate
            time.sleep(self._step_s)
            for arm, net in run.experiment.arms.items():
                facts = {"loss": 1 / (step + 1), "accuracy": 0.1, "learning_rate": rate}
                write("step", arm=arm, **facts)
                layers = [0.1234] * len(weight_layers(net))
                write("flow", arm=arm, **dict.fromkeys(QUANTITIES, layers))
            step += 1
            if step % train.checkpoint_every == 0:
                checkpoints.save(folder / runs.CHECKPOINTS, step, {"w": np.full(8, step)})
        else:
            asked = "end"
        if asked == "park":
            checkpoints.save(folder / runs.CHECKPOINTS, step, {"w": np.full(8, step)})
            write("state", state="parked")
        else:
            write("end", status="stopped" if asked == "stop" else "done", reason=None)
        log.close()


def _heed(
    folder: Path, step: int, asked_to_park: Callable[[], bool], write: Callable[..., None]
) -> str:
    rests = False
    while True:
        if asked_to_park():
            return "park"
        asked = runs.control(folder)
        if asked.command != "pause" or step < asked.until:
            if rests:
                write("state", state="running")
            return asked.command
        if not rests:
            rests = True
            write("state", state="paused")
        time.sleep(LOOK_EVERY_S)


def _facts(experiment: Experiment, images: Any) -> dict[str, object]:
    arms = {name: {"layers": weight_layers(net)} for name, net in experiment.arms.items()}
    return {"arms": arms, "data": {"label": getattr(images, "label", "nothing")}}
