"""Run one snippet in a process of its own, watch its limits and collect its output."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import psutil

from base.messages import Message
from base.refusals import Refusal
from study.sandbox.isolation import process_tree
from study.sandbox.isolation.tiers import Tier, tier
from study.sandbox.isolation.worker import Worker
from study.sandbox.limits import Limits
from study.sandbox.running import reasons
from study.sandbox.running.received import CHUNK, Received
from study.sandbox.running.result import Event, Figure, Result

LOOK_EVERY_S = 0.05
LAST_WORDS_S = 0.5  # a grandchild may hold the pipes open forever
START_S = 60.0
MOST_AT_ONCE = 6
OF_VISITORS = 3  # of these, one for each visitor, so that the server's own person finds a place
MACHINE_FLOOR = 256 << 20  # bytes; kernel memory that no limit counts shows up here


class BusyError(Refusal):
    """Raised if as many snippets run already as one machine should run."""


def start(
    code: str,
    limits: Limits | None = None,
    *,
    tier_name: str | None = None,
    worker: Worker | None = None,
    asked: bool = False,
    visitor: str | None = None,
    learner: str | None = None,
) -> "Execution":
    """Start code in a process of its own, or in the waiting one given.

    With `asked`, the code is kept for `ask`. `visitor` names whose run it is, if not that of the
    server's own person, and `learner` names the learner of a class. Raises TierError and BusyError.
    """
    chosen = tier(tier_name)
    with _starting:
        alive = [one for one in _alive if one.running]
        if full := _full(alive, visitor, learner):
            if worker is not None:
                worker.let_go()
            raise BusyError(full)
        execution = Execution(
            code, limits or Limits(), chosen, worker, asked=asked, visitor=visitor, learner=learner
        )
        _alive[:] = [*alive, execution]
    return execution


def ask(asked: "Execution", solution: str, check: str) -> "Execution":
    """Start the hidden cases of `check` in a process of their own, which calls the code of `asked`.

    They take no place: there is one for each code that is asked. They call `solution` first.
    """
    limits = replace(asked.limits, seconds=asked.limits.seconds + START_S)
    cases = None
    try:
        cases = Execution(solution, limits, asked.tier, check=check, other=asked)
    finally:
        asked.meet(cases)
    return cases


def _full(
    alive: list["Execution"], visitor: str | None, learner: str | None = None
) -> Message | None:
    """Return why there is no place for another run, or None if there is one."""
    if learner is not None and any(one.learner == learner for one in alive):
        return Message("sandbox.busy_own")
    if len(alive) >= MOST_AT_ONCE:
        return Message("sandbox.busy", {"most": MOST_AT_ONCE})
    others = [one.visitor for one in alive if one.visitor is not None]
    if visitor is None or (len(others) < OF_VISITORS and visitor not in others):
        return None
    return Message("sandbox.busy_visitors", {"most": OF_VISITORS})


def run(code: str, limits: Limits | None = None, *, tier_name: str | None = None) -> Result:
    """Run code to its end and return the result. Raises TierError and BusyError."""
    return start(code, limits, tier_name=tier_name).result()


def running() -> int:
    """Return how many snippets run now."""
    return sum(one.running for one in _alive)


class Execution:
    """Run a snippet once, starting now.

    `events()` may be read once, while the snippet runs; `result()` waits for the end.
    """

    def __init__(
        self,
        code: str,
        limits: Limits,
        chosen: Tier,
        worker: Worker | None = None,
        *,
        check: str = "",
        asked: bool = False,
        other: "Execution | None" = None,
        visitor: str | None = None,
        learner: str | None = None,
    ):
        self.limits, self.tier = limits, chosen
        self.visitor, self.learner = visitor, learner
        self.warm = worker is not None
        self._code, self._check, self._is_asked = code, check, asked
        self._worker = worker or Worker(chosen.name, "plain", limits.work)
        self._received = Received(
            limits, lambda reason: self._end_by("killed", reason), self._pass_on
        )
        self._fed, self._met = threading.Event(), threading.Event()
        self._other = other
        self._stopped: tuple[str, Message] | None = None
        self._peak_rss = self._peak_tasks = 0
        self._asked = time.monotonic()
        self._began: float | None = None
        self._result: Result | None = None
        self._over = threading.Event()
        self._watcher = _thread(self._whole)

    def events(self) -> Iterator[Event]:
        """Yield the events in the order in which they came. The last is `end`."""
        while True:
            event = self._received.events.get()
            yield event
            if event.kind == "end":
                return

    def so_far(self) -> tuple[str, str, tuple[Figure, ...]]:
        """Return standard output, standard error and figures so far."""
        return self._received.so_far()

    def meet(self, cases: "Execution | None") -> None:
        """Name the run that calls this one. None if it could not be started, and this one ends."""
        self._other = cases
        self._met.set()
        if cases is None:
            self.stop()

    @property
    def running(self) -> bool:
        """Return whether the run has not ended yet."""
        return self._result is None

    @property
    def began(self) -> bool:
        """Return whether the process was ready, so that the clock is running."""
        return self._began is not None

    @property
    def age(self) -> float:
        """Return the seconds since the run was requested."""
        return time.monotonic() - self._asked

    def wait(self, first_s: float, end_s: float) -> None:
        """Wait up to `first_s` seconds for the first output, then `end_s` seconds for the end."""
        if self._received.moved.wait(first_s):
            self._over.wait(end_s)

    def stop(self) -> None:
        """End the run now, with everything it started."""
        self._end_by("killed", Message("sandbox.stopped"))

    def result(self) -> Result:
        """Wait for the end and return the result."""
        self._watcher.join()
        assert self._result is not None, "the thread that watches the run ended without a result"
        return self._result

    def _whole(self) -> None:
        """Wait for the process, watch it and make the result, in a thread of its own."""
        if not self._worker.wait_ready(START_S):
            self._never_began()
            return
        self._began = began = time.monotonic()
        worker, limits, received = self._worker, self.limits, self._received
        streams = (
            (worker.stdout, "stdout", received.out, limits.stdout),
            (worker.stderr, "stderr", received.err, limits.stderr),
        )
        readers = [_thread(received.read, *stream) for stream in streams]
        readers.append(_thread(received.read_channel, worker.channel))
        _thread(self._feed)
        while worker.process.poll() is None:
            self._look(began)
            _pause(began)
        seconds = time.monotonic() - began
        worker.end()
        for reader in readers:
            reader.join(LAST_WORDS_S)
        self._finish(seconds)

    def _never_began(self) -> None:
        self._end_by("killed", reasons.not_started(START_S))
        self._received.err += self._worker.stderr.read(CHUNK)
        self._finish(0.0)

    def _finish(self, seconds: float) -> None:
        self._fed.set()
        if self._is_asked or self._other is not None:
            _thread(self._pass_on, None)
        self._worker.clear()
        self._result = self._ended(seconds)
        self._received.events.put(Event("end"))
        self._received.moved.set()
        self._over.set()

    def _feed(self) -> None:
        try:
            self._worker.feed(self._code, self.limits, self._check, self._is_asked)
        except OSError:
            return  # it ended before it read its code; the result says why
        finally:
            self._fed.set()

    def _pass_on(self, line: bytes | None) -> None:
        """Pass a line to the run at the other end, or that no more will come."""
        if self._is_asked:
            self._met.wait()
        if self._other is not None:
            self._other.hear(line)

    def hear(self, line: bytes | None) -> None:
        """Write a line of the run at the other end to the process, once that has its code."""
        self._fed.wait()
        self._worker.tell(line)

    def _look(self, began: float) -> None:
        limits = self.limits
        rss, tasks = self._worker.usage(limits.tasks * 2)
        self._peak_rss, self._peak_tasks = max(self._peak_rss, rss), max(self._peak_tasks, tasks)
        if tasks > limits.tasks * 2:
            self._end_by("killed", reasons.over_tasks(tasks, limits.tasks))
            return
        if tasks > limits.tasks // 2:  # more than any library starts: the page has priority
            process_tree.step_back(self._worker.pid)
        if rss > limits.memory:
            self._end_by("killed", reasons.over_memory(rss, limits.memory))
        elif self._worker.fills_work(limits):
            self._end_by("killed", reasons.over_work(limits.work))
        elif psutil.virtual_memory().available < MACHINE_FLOOR:
            self._end_by("killed", reasons.machine_short(MACHINE_FLOOR))
        elif time.monotonic() - began > limits.seconds:
            self._end_by("timeout", reasons.over_time(limits.seconds))

    def _end_by(self, status: str, reason: Message) -> None:
        if self._stopped is None:
            self._stopped = status, reason
        self._worker.end()

    def _ended(self, seconds: float) -> Result:
        code = self._worker.process.returncode
        status, reason = self._outcome(code)
        received = self._received
        out, err, figures = received.so_far()
        first = received.first_at
        return Result(
            status=status,
            reason=reason,
            exit_code=code,
            stdout=out,
            stderr=err,
            truncated=received.truncated,
            figures=figures,
            seconds=seconds,
            tier=self.tier.name,
            peak_rss_bytes=self._peak_rss,
            peak_tasks=self._peak_tasks,
            line=received.line,
            warm=self.warm,
            first_output_s=None if first is None or self._began is None else first - self._began,
            figures_cut=received.figures_cut,
            values=tuple(received.values),
        )

    def _outcome(self, code: int) -> tuple[str, Message | None]:
        if self._stopped is not None:
            return self._stopped
        number = -code if code < 0 else code - 128 if 128 < code < 193 else 0
        if number:
            return "killed", reasons.by_signal(number)
        return ("ok", None) if code == 0 else ("error", None)


def _pause(began: float) -> None:
    """Sleep until the next look, at first briefly so that a short run is noticed when it ends."""
    age = time.monotonic() - began
    time.sleep(min(LOOK_EVERY_S, 0.005 + age / 10))


def _thread(target: Callable[..., None], *args: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread


_alive: list[Execution] = []
_starting = threading.Lock()  # sessions start in threads of their own
