"""Runs one snippet in a process of its own, watches its limits, collects what it puts out."""

import itertools
import json
import queue
import threading
import time
from collections.abc import Iterator

import psutil

from base.messages import Message, UserError
from study.sandbox import output, process_tree, reasons
from study.sandbox.limits import Limits
from study.sandbox.result import Event, Figure, Result
from study.sandbox.tiers import Tier, tier
from study.sandbox.worker import Worker

LOOK_EVERY_S = 0.05
LAST_WORDS_S = 0.5  # a grandchild may hold the pipes open for ever
START_S = 60.0
CHUNK = 1 << 16
MOST_AT_ONCE = 6
OF_VISITORS = 3  # of these, one for each: whom the server is for finds a place
MACHINE_FLOOR = 256 << 20  # kernel memory that no limit counts is seen here


class BusyError(UserError):
    """As many snippets run as one machine should."""


def start(
    code: str,
    limits: Limits | None = None,
    *,
    tier_name: str | None = None,
    worker: Worker | None = None,
    check: str = "",
    visitor: str | None = None,
) -> "Execution":
    """In a process of its own, or the waiting one given; `check` are hidden cases for it to
    answer after, `visitor` says whose it is where that is not whom the server is for. Raises
    TierError, BusyError.
    """
    chosen = tier(tier_name)
    with _starting:
        alive = [one for one in _alive if one.running]
        if full := _full(alive, visitor):
            if worker is not None:
                worker.let_go()
            raise BusyError(full)
        execution = Execution(code, limits or Limits(), chosen, worker, check, visitor)
        _alive[:] = [*alive, execution]
    return execution


def _full(alive: list["Execution"], visitor: str | None) -> Message | None:
    """Why there is no place for another; None where there is."""
    if len(alive) >= MOST_AT_ONCE:
        english = f"{MOST_AT_ONCE} snippets are running already. Wait for one to end, or stop it."
        return Message("sandbox.busy", {"most": MOST_AT_ONCE}, english)
    others = [one.visitor for one in alive if one.visitor is not None]
    if visitor is None or (len(others) < OF_VISITORS and visitor not in others):
        return None
    english = (
        f"Visitors share {OF_VISITORS} places for snippets, one each, and yours or all of them are "
        "taken. Wait for a snippet to end."
    )
    return Message("sandbox.busy_visitors", {"most": OF_VISITORS}, english)


def run(code: str, limits: Limits | None = None, *, tier_name: str | None = None) -> Result:
    return start(code, limits, tier_name=tier_name).result()


def running() -> int:
    """How many run now."""
    return sum(one.running for one in _alive)


class Execution:
    """One run. `events()` may be read once, while it runs; `result()` waits for the end."""

    def __init__(
        self,
        code: str,
        limits: Limits,
        chosen: Tier,
        worker: Worker | None = None,
        check: str = "",
        visitor: str | None = None,
    ):
        self.number = next(_numbers)  # unlike id(), no other's after this one is gone
        self._check, self.visitor = check, visitor
        self.limits, self.tier, self.warm = limits, chosen, worker is not None
        self._worker = worker or Worker(chosen.name, "plain", limits.work)
        self._queue: queue.Queue[Event] = queue.Queue()
        self._out, self._err = bytearray(), bytearray()
        self._messages: list[dict] = []
        self._figures: list[Figure] = []
        self._truncated, self._line, self._figures_cut = False, None, False
        self._stopped: Message | None = None
        self._status_if_stopped = "killed"
        self._peak_rss = self._peak_tasks = 0
        self._asked = time.monotonic()
        self._began: float | None = None
        self._first_output_s: float | None = None
        self._result: Result | None = None
        self._moved, self._over = threading.Event(), threading.Event()
        self._watcher = self._thread(self._whole, code)

    def events(self) -> Iterator[Event]:
        """In the order they came; the last is `end`."""
        while True:
            event = self._queue.get()
            yield event
            if event.kind == "end":
                return

    def so_far(self) -> tuple[str, str, tuple[Figure, ...]]:
        """Standard output, standard error and figures up to now."""
        err = output.without_noise(output.clean(bytes(self._err)))
        return output.clean(bytes(self._out)), err, tuple(self._figures)

    @property
    def running(self) -> bool:
        return self._result is None

    @property
    def began(self) -> bool:
        """Whether the process was ready and the clock runs."""
        return self._began is not None

    @property
    def age(self) -> float:
        """Return the seconds since it was asked for."""
        return time.monotonic() - self._asked

    def wait(self, first_s: float, end_s: float) -> None:
        """So long for the first output, and then so long for the end."""
        if self._moved.wait(first_s):
            self._over.wait(end_s)

    def stop(self) -> None:
        """End it now, with everything it started."""
        self._end_by("killed", Message("sandbox.stopped", {}, "Stopped by you."))

    def result(self) -> Result:
        self._watcher.join()
        return self._result

    def _whole(self, code: str) -> None:
        """From waiting for the process to the result; runs in a thread of its own."""
        if not self._worker.wait_ready(START_S):
            self._never_began()
            return
        self._began = time.monotonic()
        worker, limits = self._worker, self.limits
        readers = [
            self._thread(self._read, worker.process.stdout, "stdout", self._out, limits.stdout),
            self._thread(self._read, worker.process.stderr, "stderr", self._err, limits.stderr),
            self._thread(self._read_channel, worker.channel),
        ]
        self._thread(self._feed, code)
        while worker.process.poll() is None:
            self._look()
            self._pause()
        seconds = time.monotonic() - self._began
        worker.end()
        for reader in readers:
            reader.join(LAST_WORDS_S)
        self._finish(seconds)

    def _pause(self) -> None:
        """Shorter at first, so that a short snippet is over as soon as it ends."""
        age = time.monotonic() - self._began
        time.sleep(min(LOOK_EVERY_S, 0.005 + age / 10))

    def _never_began(self) -> None:
        if self._stopped is None:
            self._stopped = reasons.not_started(START_S)
        self._worker.end()
        self._err += self._worker.process.stderr.read(CHUNK)
        self._finish(0.0)

    def _finish(self, seconds: float) -> None:
        self._worker.clear()
        self._result = self._ended(seconds)
        self._queue.put(Event("end"))
        self._moved.set()
        self._over.set()

    def _feed(self, code: str) -> None:
        try:
            self._worker.feed(code, self.limits, self._check)
        except OSError:
            return  # it ended before it read its code; the result says how

    def _read(self, pipe, kind: str, kept: bytearray, cap: int) -> None:
        pieces = output.Pieces()
        try:
            while data := pipe.read1(CHUNK):
                room = cap - len(kept)
                kept += data[:room]
                self._queue.put(Event(kind, pieces.text(data[:room])))
                if not self._moved.is_set() and (kind == "stdout" or self._has_erred()):
                    self._first_output_s = time.monotonic() - self._began
                    self._moved.set()
                if len(data) > room:
                    self._truncated = True
                    self._end_by("killed", reasons.over_output(cap))
                    return
        except (OSError, ValueError):
            return  # closed under it, after the end

    def _has_erred(self) -> bool:
        """Whether standard error holds more than what TensorFlow says of itself, which is short:
        beyond that nothing is searched again at every piece.
        """
        return len(self._err) > CHUNK // 4 or bool(self.so_far()[1].strip())

    def _read_channel(self, channel) -> None:
        """Figures, values and the line of an error; from here on nothing of it is trusted."""
        room = {"figure": self.limits.figures, "value": self.limits.values, "line": 0}
        try:
            while head := channel.readline(1000):
                about = json.loads(head)
                kind, size = about["kind"], int(about["size"])
                if size < 0:
                    raise ValueError
                if size > room[kind]:
                    if kind == "figure":
                        self._cut_figures()
                    _skip(channel, size)
                    continue
                room[kind] -= size
                self._take(kind, about, channel.read(size))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            _skip(channel, None)  # forged: whatever follows cannot be told apart
        except OSError:
            return  # closed under it, after the end

    def _take(self, kind: str, about: dict, body: bytes) -> None:
        if kind == "line" and type(about.get("line")) is int:
            self._line = about["line"]
        elif kind == "value":
            self._messages.append(json.loads(body))
        elif kind == "figure":
            self._keep(output.figure(body, self.limits))

    def _keep(self, figure: Figure | None) -> None:
        if figure is None or len(self._figures) >= self.limits.figure_count:
            self._cut_figures()
            return
        self._figures.append(figure)
        self._queue.put(Event("figure", figure=figure))
        self._moved.set()

    def _cut_figures(self) -> None:
        self._truncated = self._figures_cut = True

    def _look(self) -> None:
        limits = self.limits
        rss, tasks = self._worker.usage()
        self._peak_rss, self._peak_tasks = max(self._peak_rss, rss), max(self._peak_tasks, tasks)
        if tasks > limits.tasks // 2:  # more than any library starts: the page comes first
            process_tree.step_back(self._worker.pid)
        if rss > limits.memory:
            self._end_by("killed", reasons.over_memory(rss, limits.memory))
        elif tasks > limits.tasks * 2:
            self._end_by("killed", reasons.over_tasks(tasks, limits.tasks))
        elif self._worker.fills_work(limits):
            self._end_by("killed", reasons.over_work(limits.work))
        elif psutil.virtual_memory().available < MACHINE_FLOOR:
            self._end_by("killed", reasons.machine_short(MACHINE_FLOOR))
        elif time.monotonic() - self._began > limits.seconds:
            self._end_by("timeout", reasons.over_time(limits.seconds))

    def _end_by(self, status: str, reason: Message) -> None:
        if self._stopped is None:
            self._status_if_stopped, self._stopped = status, reason
        self._worker.end()

    def _ended(self, seconds: float) -> Result:
        code = self._worker.process.returncode
        status, reason = self._outcome(code)
        out, err, figures = self.so_far()
        return Result(
            status=status,
            reason=reason,
            exit_code=code,
            stdout=out,
            stderr=err,
            truncated=self._truncated,
            figures=figures,
            seconds=seconds,
            tier=self.tier.name,
            peak_rss_bytes=self._peak_rss,
            peak_tasks=self._peak_tasks,
            line=self._line,
            warm=self.warm,
            first_output_s=self._first_output_s,
            figures_cut=self._figures_cut,
            values=tuple(self._messages),
        )

    def _outcome(self, code: int) -> tuple[str, Message | None]:
        if self._stopped is not None:
            return self._status_if_stopped, self._stopped
        number = -code if code < 0 else code - 128 if 128 < code < 193 else 0
        if number:
            return "killed", reasons.by_signal(number)
        return ("ok", None) if code == 0 else ("error", None)

    def _thread(self, target, *args) -> threading.Thread:
        thread = threading.Thread(target=target, args=args, daemon=True)
        thread.start()
        return thread


def _skip(channel, size: int | None) -> None:
    """Read and thrown away, so that whoever writes does not wait for ever; None for all."""
    left = size
    try:
        while left != 0:
            data = channel.read1(CHUNK if left is None else min(CHUNK, left))
            if not data:
                return
            left = None if left is None else left - len(data)
    except (OSError, ValueError):
        return


_numbers = itertools.count(1)
_alive: list[Execution] = []
_starting = threading.Lock()  # sessions start in threads of their own
