"""Follow the logs of runs while they grow, once for all who watch in this process."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from resnet_core.runs.folder import EVENTS
from resnet_core.runs.log.history import History, read_events

MOST = 32  # logs that are kept in memory; whoever watches a further one reads it whole again


@dataclass
class _Followed:
    """Hold how far a log was read, and which file it was."""

    past: History = field(default_factory=History)
    offset: int = 0
    file: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read_on(self, folder: Path) -> History:
        """Return the history up to now. Only one thread reads; the others wait for it."""
        with self.lock:
            file, size = _file(folder / EVENTS)
            if file != self.file or size < self.offset:  # it is gone, or another is in its place
                self.past, self.offset, self.file = History(), 0, file
            events, self.offset = read_events(folder, self.offset)
            if events:
                self.past = self.past.with_more(events)
            return self.past


def _file(path: Path) -> tuple[int, int]:
    """Return what tells a file from others, and its size; zeros if there is none."""
    try:
        now = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return 0, 0
    return now.st_ino, now.st_size


_logs: OrderedDict[Path, _Followed] = OrderedDict()
_lock = threading.Lock()


def followed(folder: Path) -> History:
    """Return the history of a run, read on from where anybody stopped reading it.

    It is the same object until the log grows, and is not to be added to: others draw it.
    """
    with _lock:
        found = _logs.setdefault(folder, _Followed())
        _logs.move_to_end(folder)
        while len(_logs) > MOST:
            _logs.popitem(last=False)
    return found.read_on(folder)
