"""The one worker process of a machine: started, looked after, asked to go, ended.

With runs on a cluster the same is done to the relay.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from base import folders
from base.messages import Message
from resnet_core import runs
from resnet_core.jobs import worker_files
from resnet_core.jobs.executors import executor
from resnet_core.jobs.serving import COULD_NOT_START

LINGER_S = 600.0
TRIES = 2  # starts before the runs that wait are told that no worker starts
_children: list[subprocess.Popen[bytes]] = []


def ensure_worker(linger: float = LINGER_S) -> None:
    """Start a worker if a run waits and none is alive. Code that reads the queue calls this.

    After TRIES failed starts, the waiting runs fail with the reason instead. Raises RunError if the
    home folder cannot be written.
    """
    reap()
    if not runs.queue_entries() or worker_files.alive() or _one_is_starting():
        return
    failed = worker_files.failures()
    if failed.count < TRIES:
        _spawn(linger)
    else:
        _fail_what_waits(failed.reason)


def warm() -> None:
    """Make a worker import TensorFlow and trace the demonstration before Start is pressed.

    Raises RunError if the home folder cannot be written.
    """
    reap()
    if (
        not _one_is_starting()
        and not worker_files.alive()
        and worker_files.failures().count < TRIES
    ):
        _spawn(LINGER_S)


def shutdown() -> None:
    """Ask the worker to end after it has saved the run that it trains as a checkpoint.

    A worker that does not respond is killed.
    """
    process = worker_files.worker()
    if process is None:
        return
    with contextlib.suppress(psutil.NoSuchProcess):  # it is already ending
        if worker_files.silence():
            process.kill()
        else:
            process.terminate()


def end_worker() -> None:
    """Kill a worker that does not respond. Its run can be resumed from its checkpoint."""
    process = worker_files.worker()
    if process is not None:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(timeout=10)
    reap()


def reap() -> int:
    """Collect the ended workers of this process and return how many are still alive.

    A worker that ended with an error before it was ready counts as a failed start. Raises RunError
    if that cannot be recorded.
    """
    for child in [child for child in _children if child.poll() is not None]:
        _children.remove(child)
        if child.returncode not in (0, COULD_NOT_START) and _died_starting(child):
            try:
                worker_files.note_failure(f"the process ended with exit status {child.returncode}")
            except OSError as error:
                raise runs.cannot_write(folders.home(), error) from error
    return len(_children)


def _one_is_starting() -> bool:
    """Return whether a worker of this process is starting and does not hold the lock yet."""
    told = worker_files.last_told()
    return any(told is None or told.pid != child.pid for child in _children)


def _died_starting(child: "subprocess.Popen[bytes]") -> bool:
    told = worker_files.last_told()
    return told is None or told.pid != child.pid or told.state == "starting"


def _spawn(linger: float) -> None:
    home, chosen = folders.home(), executor()
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", chosen.module, "--linger", str(linger)]
    env = {**os.environ, **chosen.environment, runs.EXECUTOR: chosen.name}
    try:
        home.mkdir(parents=True, exist_ok=True)
        with open(worker_files.log_file(), "ab") as log:
            child = _detached(command, root, log.fileno(), env)
    except OSError as error:
        raise runs.cannot_write(home, error) from error
    _children.append(child)


def _detached(
    command: list[str], folder: Path, log: int, env: dict[str, str]
) -> "subprocess.Popen[bytes]":
    """Start a process that outlives this one and receives none of its signals."""
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        session = False
    else:
        flags, session = 0, True
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=env,
        creationflags=flags,
        start_new_session=session,
    )


def _fail_what_waits(reason: str) -> None:
    """Give every run that waits its end, with the reason why no worker starts."""
    words = Message(executor().cannot_start, {"reason": reason})
    for entry in runs.queue_entries():
        run = runs.queued_run(entry)
        if run is None:
            entry.unlink(missing_ok=True)
            continue
        with contextlib.suppress(Timeout), FileLock(run.folder / runs.LOCK, timeout=0):
            past = runs.history(run.folder)
            log = runs.Log(run.folder)
            log.write_end(
                status="failed", reason=words.to_json(), step=past.step, elapsed_s=past.seconds
            )
            log.close()
            runs.leave_queue(run.folder)
