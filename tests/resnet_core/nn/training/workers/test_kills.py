"""kill -9 of the worker at random moments: the state is right, nothing is lost, the run goes on.

`RESIDUAL_KILLS=50` repeats it fifty times; a handful in the ordinary suite.
"""

import functools
import json
import os
import random
import signal
import time

import psutil
import pytest

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.runs import checkpoints

pytestmark = [pytest.mark.tf, pytest.mark.slow, pytest.mark.timeout(3600)]

pytest.importorskip("tensorflow")

KILLS = int(os.environ.get("RESIDUAL_KILLS", "4"))
TRAIN = TrainConfig(steps=20_000, batch=16, checkpoint_every=10, evaluate_images=32)
EXPERIMENT = Experiment.twins("kills", NetConfig(depth=8, width=4), TRAIN)
PATIENCE_S, SEEN_WITHIN_S = 120, 2.0


def until(condition, seconds: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def worker() -> psutil.Process | None:
    return jobs.worker()


def written(run: runs.Run) -> list[bytes]:
    path = run.folder / runs.EVENTS
    return path.read_bytes().splitlines() if path.exists() else []


def starts(lines: list[bytes]) -> int:
    return sum(b'"kind":"started"' in line for line in lines)


def begun_again(run: runs.Run, before: int) -> bool:
    return starts(written(run)) > before


def test_a_worker_killed_again_and_again_loses_nothing_that_was_written(
    tmp_path, monkeypatch, cifar_sample
):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    monkeypatch.setenv("RESIDUAL_DATA", str(cifar_sample))
    monkeypatch.setenv("RESIDUAL_AHEAD", "0")
    moments = random.Random(7)
    run = jobs.start(EXPERIMENT)
    for _ in range(KILLS):
        until(lambda: runs.locked(run.folder / runs.LOCK) or runs.status(run.folder).step > 0)
        time.sleep(moments.uniform(0.0, 6.0))
        victim = worker()
        children = victim.children(recursive=True)
        before = written(run)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        until(lambda: runs.status(run.folder).name in ("crashed", "queued"), SEEN_WITHIN_S)
        after = written(run)
        assert after[: len(before) - 1] == before[:-1]
        assert all(isinstance(json.loads(line), dict) for line in after[:-1])
        assert not [child for child in children if child.is_running()], "an orphan is left"
        saved = checkpoints.latest(run.folder / runs.CHECKPOINTS)
        if runs.status(run.folder).name == "crashed":
            jobs.resume(run.folder)
        else:
            jobs.ensure_worker()  # it had not begun: it still waits in the queue
        until(functools.partial(begun_again, run, starts(after)))
        from_step = runs.history(run.folder).started["from_step"]
        assert from_step == (saved[0] if saved else 0)
    reached = runs.history(run.folder).step
    until(lambda: runs.history(run.folder).step > reached + 2)
    jobs.stop(run.folder)
    until(lambda: runs.status(run.folder).name == "stopped")
    past = runs.history(run.folder)
    for arm in EXPERIMENT.arms:
        assert [event["step"] for event in past.of("step", arm)] == list(range(past.step))
    jobs.shutdown()
    until(lambda: not runs.locked(tmp_path / jobs.WORKER_LOCK))
    until(lambda: jobs.reap() == 0)
