"""What the process that serves a queue does from its first moment to its last."""

import traceback
from collections.abc import Callable
from typing import Protocol

from filelock import FileLock, Timeout

from base import folders
from resnet_core.jobs.worker_files import Heart, forget_failures, lock_file, note_failure, tell

COULD_NOT_START = 3  # exit status of a process that has noted the reason itself


class Server(Protocol):
    """Serves the queue until there is nothing left to do."""

    def serve(self) -> None:
        """Take runs from the queue and see them through."""


def hold(make: Callable[[], Server]) -> int:
    """Serve while holding the lock, beating; return the exit status of the process.

    Another process that holds the lock finds the queue itself: this one ends at once. Where
    `make` raises, the reason is noted for the runs that wait.
    """
    folders.home().mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock_file(), timeout=0):
            heart = Heart()  # the beat of an earlier worker goes before this one tells its id
            tell("starting")
            heart.start()
            try:
                server = make()
            except Exception as error:  # what it needs is missing, or does not set itself up
                traceback.print_exc()
                note_failure(f"{type(error).__name__}: {error}"[:300])
                return COULD_NOT_START
            forget_failures()
            server.serve()
    except Timeout:
        return 0
    return 0
