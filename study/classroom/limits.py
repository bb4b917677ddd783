"""Limit how much of the machine one learner may use, with a sentence for each limit."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from pathlib import Path

from base.messages import Message
from base.refusals import Refusal
from study.classroom.server_file import Limits

HOUR_S = 3600.0


class OverLimit(Refusal):
    """Raised where a learner asks for more than the limit."""


class Hourly:
    """Count what each learner used within the last hour, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._lock = clock, threading.Lock()
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def take(self, who: str, most: int) -> bool:
        """Count one more and return True; at `most`, count nothing and return False."""
        with self._lock:
            times, now = self._times[who], self._clock()
            while times and now - times[0] >= HOUR_S:
                times.popleft()
            if len(times) >= most:
                return False
            times.append(now)
            return True


def check_runs(waiting: int, limits: Limits, more: int = 1) -> None:
    """Raise OverLimit if `more` runs are too many for a learner with `waiting` unfinished ones."""
    if waiting + more > limits.runs:
        values: dict[str, object] = {"waiting": waiting, "most": limits.runs}
        raise OverLimit(Message("class.over_runs", values))


def check_minutes(seconds: float, limits: Limits) -> None:
    """Raise OverLimit for a run that would occupy the machine for too long."""
    if seconds > limits.run_minutes * 60:
        minutes = round(seconds / 60)
        values: dict[str, object] = {"minutes": minutes, "most": limits.run_minutes}
        raise OverLimit(Message("class.over_minutes", values))


def check_disk(folder: Path, limits: Limits) -> None:
    """Raise OverLimit if a learner's folder is at its limit."""
    used = size_of(folder) / 1e6
    if used >= limits.disk_mb:
        values: dict[str, object] = {"used": f"{used:.0f}", "most": limits.disk_mb}
        raise OverLimit(Message("class.over_disk", values))


def check_snippets(counted: Hourly, who: str, limits: Limits) -> None:
    """Count a snippet of a learner. Raises OverLimit."""
    if not counted.take(who, limits.snippets_an_hour):
        values: dict[str, object] = {"most": limits.snippets_an_hour}
        raise OverLimit(Message("class.over_snippets", values))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; a file deleted meanwhile counts 0."""
    total = 0
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            total += path.lstat().st_size
        except OSError:
            continue
    return total
