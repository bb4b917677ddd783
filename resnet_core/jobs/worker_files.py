"""Read and write the worker's files in the home folder: its state, its beat, its failures.

worker.json            the state and process id, replaced when the state changes
worker.beat            an empty file; a living worker sets its time once a second
worker-failures.json   starts that came to nothing in a row, and the last reason

The relay to a cluster has the same files, named after it. Each function speaks of the process of
the executor that is chosen.
"""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
import psutil
from msgspec import Meta

from base import folders
from base.files import write_json
from resnet_core import runs
from resnet_core.jobs.executors import THIS_MACHINE, executor

WORKER_MODULE = THIS_MACHINE.module
WORKER_LOCK, WORKER_STATE, WORKER_LOG = "worker.lock", "worker.json", "worker.log"
WORKER_BEAT, WORKER_FAILURES = "worker.beat", "worker-failures.json"
BEAT_EVERY_S = 1.0
SILENT_FROM_S = 10.0  # a busy machine may delay a beat for a few seconds
State = Literal["starting", "ready", "busy"]
Kind = TypeVar("Kind", bound=msgspec.Struct)


class WorkerFile(msgspec.Struct, frozen=True):
    """Hold the fields of worker.json."""

    state: State
    pid: Annotated[int, Meta(ge=1)]


class Failures(msgspec.Struct, frozen=True):
    """Hold worker-failures.json: the number of failed starts in a row, and the last reason."""

    count: Annotated[int, Meta(ge=0)] = 0
    reason: str = ""


def lock_file() -> Path:
    """Return the file that the living worker holds."""
    return _own(WORKER_LOCK)


def log_file() -> Path:
    """Return the file that the worker's output goes to, for people."""
    return _own(WORKER_LOG)


def tell(state: State) -> None:
    """Say what this process, the worker, is doing."""
    write_json(_own(WORKER_STATE), {"state": state, "pid": os.getpid()})


def last_told() -> WorkerFile | None:
    """Return what the last worker said of itself, living or not."""
    return _read(_own(WORKER_STATE), WorkerFile)


def alive() -> bool:
    """Say whether a worker lives, responding or not."""
    return runs.locked(lock_file())


def worker_state() -> Literal["none", "starting", "ready", "busy"]:
    """Return the state of the worker."""
    if not alive():
        return "none"
    told = last_told()
    return told.state if told else "starting"


def worker() -> psutil.Process | None:
    """Return the living worker's process, or None before it has written its id."""
    told = last_told() if alive() else None
    try:
        process = psutil.Process(told.pid) if told else None
        return process if process and executor().module in process.cmdline() else None
    except psutil.Error:
        return None  # it has just ended


def silence() -> float:
    """Return the seconds for which a living worker has not responded, or 0 while it does."""
    if not alive():
        return 0.0
    try:
        last = _own(WORKER_BEAT).stat().st_mtime
    except OSError:
        return 0.0  # it has not begun to beat
    quiet = time.monotonic() - last
    if quiet < SILENT_FROM_S or worker() is None:  # the beat of an earlier worker
        return 0.0
    return quiet


class Heart(threading.Thread):
    """Beat once a second while the worker lives.

    The beat is the modification time of a file, which needs no room on a full disk. It is set from
    the machine's monotonic clock, so that neither a changed clock nor a suspended machine looks
    like silence.
    """

    def __init__(self) -> None:
        super().__init__(name="heart", daemon=True)
        self._file = _own(WORKER_BEAT)
        self._file.touch()

    def run(self) -> None:
        """Beat until the process ends."""
        while True:
            now = time.monotonic()
            try:
                os.utime(self._file, (now, now))
            except OSError as error:
                print(f"The worker's beat could not be written: {error}.", file=sys.stderr)
                return
            time.sleep(BEAT_EVERY_S)


def failures() -> Failures:
    """Return the starts in a row that came to nothing."""
    return _read(_own(WORKER_FAILURES), Failures) or Failures()


def note_failure(reason: str) -> None:
    """Count a failed start."""
    count = failures().count + 1
    write_json(_own(WORKER_FAILURES), {"count": count, "reason": reason})


def forget_failures() -> None:
    """Begin to count anew: a worker has started, or a person wants another try."""
    _own(WORKER_FAILURES).unlink(missing_ok=True)


def _own(name: str) -> Path:
    """Return a file of the worker, or the relay's of the same kind."""
    return folders.home() / name.replace(THIS_MACHINE.mark, executor().mark, 1)


def _read(path: Path, kind: type[Kind]) -> Kind | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError, RecursionError):
        return None
