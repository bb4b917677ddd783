"""The worker as a process: one that cannot start, one that hangs, a home that cannot be written."""

import json
import os
import time

import psutil
import pytest
from filelock import FileLock

from base import folders
from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import worker_files, worker_process

EXPERIMENT = Experiment.twins(
    "tiny", NetConfig(depth=8, width=4), TrainConfig(steps=3, batch=4), dataset="synthetic"
)
PATIENCE_S = 120


@pytest.fixture(autouse=True)
def no_worker_of_another_test(monkeypatch):
    """One that lingers for the home of another test is no start of these."""
    monkeypatch.setattr(worker_process, "_children", [])


def until(condition, look=lambda: None):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        look()
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def broken_tensorflow(own_home, tmp_path, monkeypatch):
    """`broken_tensorflow(source)`: a package of that name which comes first on the path."""

    def broken(source: str) -> None:
        package = tmp_path / "broken" / "tensorflow"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(source)
        monkeypatch.setenv("PYTHONPATH", str(package.parent))

    yield broken
    until(lambda: jobs.reap() == 0)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ImportError('libcuda is the wrong one')", "libcuda is the wrong one"),
        ("import os; os._exit(132)", "exit status 132"),
    ],
    ids=["an import error", "an illegal instruction"],
)
def test_a_worker_that_cannot_start_is_tried_twice_and_then_the_run_says_why(
    broken_tensorflow, monkeypatch, source, said
):
    broken_tensorflow(source)
    spawned, real = [], worker_process._spawn
    monkeypatch.setattr(worker_process, "_spawn", lambda s: (spawned.append(s), real(s)))
    run = jobs.start(EXPERIMENT)
    until(lambda: runs.status(run.folder).name == "failed", jobs.ensure_worker)
    status = runs.status(run.folder)
    assert status.reason.key == "runs.worker_cannot_start" and said in str(status.reason)
    assert len(spawned) == 2 and runs.queue_entries() == []
    for _ in range(20):
        jobs.ensure_worker()
        jobs.warm()
    assert len(spawned) == 2
    jobs.resume(run.folder)
    assert len(spawned) == 3, "a person who resumes gets another try"


def test_runs_that_wait_behind_it_are_told_as_well(own_home, monkeypatch):
    monkeypatch.setattr(worker_process, "_spawn", lambda linger: None)
    waiting = [jobs.start(EXPERIMENT) for _ in range(3)]
    for _ in range(2):
        jobs.note_failure("ModuleNotFoundError: No module named 'tensorflow'")
    jobs.ensure_worker()
    assert {runs.status(run.folder).name for run in waiting} == {"failed"}
    assert jobs.worker_state() == "none"


@pytest.mark.parametrize("damage", ["", "[]", '{"count": -1}', "[" * 100_000, '{"count": 1e99}'])
def test_damaged_files_of_the_worker_say_nothing(own_home, damage):
    own = own_home_folder()
    for name in (worker_files.WORKER_FAILURES, worker_files.WORKER_STATE):
        (own / name).write_text(damage)
    assert worker_files.failures() == worker_files.Failures()
    assert jobs.worker_state() == "none" and jobs.worker() is None
    jobs.shutdown()


def own_home_folder():
    from base import folders

    folders.home().mkdir(parents=True, exist_ok=True)
    return folders.home()


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "file" / "home"))
    for action in (jobs.warm, lambda: jobs.start(EXPERIMENT)):
        with pytest.raises(runs.RunError, match="could be written"):
            action()


def test_a_run_that_is_done_is_not_taken_up_again(own_home, monkeypatch):
    monkeypatch.setattr(worker_process, "_spawn", lambda linger: None)
    run = jobs.start(EXPERIMENT)
    runs.leave_queue(run.folder)
    log = runs.Log(run.folder)
    log.write_end(status="done", step=3, elapsed_s=1.0)
    log.close()
    before = (run.folder / runs.EVENTS).read_bytes()
    jobs.resume(run.folder)
    assert runs.queue_entries() == []
    assert (run.folder / runs.EVENTS).read_bytes() == before


def test_a_paused_run_without_a_worker_can_be_stopped(own_home, monkeypatch):
    monkeypatch.setattr(worker_process, "_spawn", lambda linger: None)
    run = jobs.start(EXPERIMENT)
    runs.leave_queue(run.folder)
    log = runs.Log(run.folder)
    log.write("state", state="parked", step=2, elapsed_s=1.0)
    log.close()
    jobs.stop(run.folder)
    status = runs.status(run.folder)
    assert status.name == "stopped"
    assert json.loads((run.folder / runs.EVENTS).read_text().splitlines()[-1])["elapsed_s"] == 1.0


def test_the_beat_of_an_earlier_worker_is_no_silence_of_one_that_is_starting(own_home, monkeypatch):
    folders.home().mkdir(parents=True, exist_ok=True)
    beat = folders.home() / worker_files.WORKER_BEAT
    beat.touch()
    os.utime(beat, (0, 0))
    worker_files.tell("ready")
    with FileLock(worker_files.lock_file()):
        monkeypatch.setattr(worker_files, "worker", lambda: None)  # who told is no worker any more
        assert jobs.silence() == 0
        monkeypatch.setattr(worker_files, "worker", psutil.Process)
        assert jobs.silence() > worker_files.SILENT_FROM_S
