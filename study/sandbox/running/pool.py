"""Keep processes waiting inside the sandbox with their imports done, each for one snippet.

A process is never a fork of a warmed TensorFlow, because that hangs: a new one is started when one
is used. A process waiting with TensorFlow holds 450-660 MB. There is therefore only one, and it
exists while somebody looks at such a snippet, memory is free and no run trains.
"""

import threading
import time
from collections.abc import Callable

import psutil

from study.sandbox import imports
from study.sandbox.isolation.tiers import TierError, tier
from study.sandbox.isolation.worker import Worker

LOOK_EVERY_S = 1.0
NOBODY_S = 600.0
OLDEST_S = 1800.0
STARTING_S = 60.0
FLOOR = 2 << 30
# Resident memory of a waiting process, rounded up: so much must be free beyond the floor.
COSTS = {"plain": 30 << 20, "numpy": 120 << 20, "tf": 700 << 20}


class Pool:
    """Hold the processes that wait. Nothing new is warmed up while `busy()` is true."""

    def __init__(
        self,
        busy: Callable[[], bool] = lambda: False,
        make: Callable[[str, str], Worker] = Worker,
        clock: Callable[[], float] = time.monotonic,
        memory: Callable[[], int] = lambda: psutil.virtual_memory().available,
    ):
        self._busy, self._make, self._clock, self._memory = busy, make, clock, memory
        self._wanted: dict[str, float] = {}
        self._waiting: dict[str, Worker] = {}
        self._lock = threading.RLock()
        self._keeper: threading.Thread | None = None
        self._closed = False

    def want(self, kind: str) -> None:
        """Note that somebody looks at a snippet of this kind. Returns at once."""
        with self._lock:
            self._wanted[kind] = self._clock()
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, daemon=True)
                self._keeper.start()

    def take(self, code: str, tier_name: str) -> Worker | None:
        """Return a process that is ready for this code and now belongs to the caller, or None."""
        kind = imports.kind(code)
        if not imports.may_be_warm(code):
            return None
        with self._lock:
            worker = self._waiting.get(kind)
            if worker is None or not worker.ready or worker.tier_name != tier_name:
                return None
            return self._waiting.pop(kind)

    def state(self, kind: str) -> str:
        """Return "none", "starting" or "ready"."""
        with self._lock:
            worker = self._waiting.get(kind)
            if worker is None:
                return "none"
            return "ready" if worker.ready else "starting"

    def memory(self) -> int:
        """Return the resident bytes of all processes that wait."""
        with self._lock:
            waiting = list(self._waiting.values())
        return sum(worker.usage()[0] for worker in waiting)

    def tend(self) -> bool:
        """End what is not needed and start what is. Return False if nothing is left to tend."""
        with self._lock:
            now = self._clock()
            self._wanted = {k: at for k, at in self._wanted.items() if now - at < NOBODY_S}
            for kind, worker in list(self._waiting.items()):
                if self._let_go(kind, worker, now):
                    del self._waiting[kind]
                    threading.Thread(target=worker.let_go, daemon=True).start()
            for kind in self._wanted:
                if kind not in self._waiting and self._may_start(kind):
                    self._start(kind)
            return bool(self._wanted or self._waiting)

    def close(self) -> None:
        """End every process that waits, now."""
        with self._lock:
            self._closed = True
            waiting, self._waiting, self._wanted = list(self._waiting.values()), {}, {}
        for worker in waiting:
            worker.let_go()

    def _keep(self) -> None:
        """Tend the pool once a second, so that the page is drawn before anything warms up.

        When the interpreter ends, its main thread leaves first: nothing is started from then on.
        """
        while True:
            time.sleep(LOOK_EVERY_S)
            if not threading.main_thread().is_alive():
                return
            with self._lock:
                if not self.tend():
                    self._keeper = None
                    return

    def _let_go(self, kind: str, worker: Worker, now: float) -> bool:
        age = now - worker.born
        gone = worker.process.poll() is not None or (not worker.ready and age > STARTING_S)
        return gone or kind not in self._wanted or age > OLDEST_S or self._memory() < FLOOR

    def _may_start(self, kind: str) -> bool:
        enough = self._memory() > FLOOR + COSTS[kind]
        return not self._closed and enough and not self._busy()

    def _start(self, kind: str) -> None:
        try:
            self._waiting[kind] = self._make(tier().name, kind)
        except (TierError, OSError):
            self._wanted.pop(kind)  # a run reports what is wrong; waiting would not
