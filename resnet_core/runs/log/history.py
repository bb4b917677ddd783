"""Read the log of a run, and compute its history from the events."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from resnet_core.runs.folder import EVENTS
from resnet_core.runs.log.events import Event, decode

SEED_DONE = "seed_done"  # the state of a run that goes on with its next seed
SEED_DIVERGED = (
    "seed_diverged"  # … after a loss that was not a finite number; it takes no more steps
)
Found = TypeVar("Found")


@dataclass
class History:
    """Hold the events of a log in order, without those that a resumed run overwrote.

    `resumed` and `paused` are the steps at which the run was taken up again and at which it
    rested; `undone` are the changes of control that have still to be repeated: those that the last
    resume took back, and in a later seed those of the seed before. A seed that diverged leaves to
    the next one the changes that it did not come to.

    A run of several seeds trains one after the other. All else here is that of the seed that came
    last; `finished` has the histories of the seeds before.
    """

    started: Event | None = None
    events: list[Event] = field(default_factory=list)
    resumed: list[int] = field(default_factory=list)
    paused: list[int] = field(default_factory=list)
    undone: list[Event] = field(default_factory=list)
    finished: list["History"] = field(default_factory=list)
    _computed: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, events: Iterable[Event]) -> "History":
        """Add further events and return itself."""
        self._computed = {}
        for event in events:
            if event["kind"] == "started":
                self._start(event)
            elif self._fits(event):
                self.events.append(event)
                if event["kind"] == "state" and event["state"] in ("paused", "parked"):
                    self.paused.append(event.get("step", 0))
        return self

    def with_more(self, events: Iterable[Event]) -> "History":
        """Return a history with further events, and leave this one to those who draw it."""
        own = replace(self, events=[*self.events], resumed=[*self.resumed], paused=[*self.paused])
        return own.add(events)

    def once(self, compute: Callable[..., Found], *given: Hashable) -> Found:
        """Return `compute(self, *given)`, computed once until events are added.

        Many pages draw one history. Nobody changes what they are given here.
        """
        key = (compute, *given)
        if key not in self._computed:
            self._computed[key] = compute(self, *given)
        found: Found = self._computed[key]
        return found

    def of(self, kind: str, arm: str | None = None) -> list[Event]:
        """Return the events of a kind, of one arm or of all."""
        return [e for e in self.events if e["kind"] == kind and arm in (None, e.get("arm"))]

    @property
    def step(self) -> int:
        """Return how many steps every arm has completed."""
        steps = [e["step"] for e in self.events if e["kind"] == "step"]
        if steps:
            return int(max(steps)) + 1
        return int((self.started or {}).get("from_step", 0))

    @property
    def seed(self) -> int | None:
        """Return the seed that came last; None in a run of one seed, which does not say it."""
        return (self.started or {}).get("seed")

    @property
    def by_seed(self) -> list["History"]:
        """Return the history of each seed that was begun, in order."""
        return [*self.finished, self]

    @property
    def trained(self) -> int:
        """Return how many steps every arm has completed in all seeds together."""
        return sum(one.step for one in self.by_seed)

    @property
    def seed_done(self) -> bool:
        """Say whether the seed that came last takes no more steps: it is done, or it diverged."""
        return any(e["state"] in (SEED_DONE, SEED_DIVERGED) for e in self.of("state"))

    @property
    def diverged(self) -> list[str]:
        """Return the arms whose loss at the last step was not a finite number."""
        last = self.step - 1
        return [e["arm"] for e in self.of("step") if e["step"] == last and e["loss"] is None]

    def aside(self, seed: int) -> int | None:
        """Return the seed if its checkpoint was set aside for later ones, otherwise None."""
        return seed if any(one.seed == seed for one in self.finished) else None

    def behind(self, steps: int) -> int:
        """Return how many steps are behind a run of `steps` a seed; one that diverged takes none
        any more."""
        return sum(steps if one.diverged else one.step for one in self.by_seed)

    @property
    def seconds(self) -> float:
        """Return the seconds from Start to the last event."""
        before = self.finished[-1].seconds if self.finished else 0.0
        return max((e.get("elapsed_s", 0.0) for e in self.events), default=before)

    @property
    def end(self) -> Event | None:
        """Return the event that ended the run, or None if it was resumed since."""
        said = [e for e in self.events if e["kind"] in ("end", "state")]
        return said[-1] if said and said[-1]["kind"] == "end" else None

    def _start(self, event: Event) -> None:
        if self.started is not None and event.get("seed") != self.seed:
            self._next_seed()
        from_step = event.get("from_step", 0)
        if self.started is not None:
            self.resumed.append(from_step)
        self.undone = [
            *(e for e in self.of("control") if not _outlives(e, from_step)),
            *self._ahead(),
        ]
        self.events = [e for e in self.events if _outlives(e, from_step)]
        self.resumed = [step for step in self.resumed if step <= from_step]
        self.paused = [step for step in self.paused if step <= from_step]
        self.started = event

    def _next_seed(self) -> None:
        """Set aside what belongs to the seed before."""
        ahead = self._ahead() if self.diverged else []
        before = History(self.started, self.events, self.resumed, self.paused, ahead)
        self.finished = [*self.finished, before]
        self.started, self.events, self.resumed, self.paused = None, [], [], []

    def _ahead(self) -> list[Event]:
        """Return the changes of the seed before that this one has not come to yet.

        None where something else was asked for in this seed: then it no longer follows that one.
        """
        last = self.finished[-1] if self.finished else History()
        before = [*last.of("control"), *last.undone]
        past = [event for event in before if event["step"] < self.step]
        if [_change(event) for event in past] != [_change(event) for event in self.of("control")]:
            return []
        return before[len(past) :]

    def _fits(self, event: Event) -> bool:
        """Say whether an event is of this seed, and whether a gradient flow has a number for each
        layer that `started` names."""
        if event.get("seed", self.seed) != self.seed:
            return False
        if event["kind"] != "flow" or self.started is None:
            return True
        arm = self.started.get("arms", {}).get(event["arm"])
        return arm is None or len(event["weight_gradient"]) == len(arm["layers"])


def read_events(folder: Path, offset: int = 0) -> tuple[list[Event], int]:
    """Return the events from byte `offset` on, and the offset at which to continue.

    A last line without newline waits for its rest. A line that is not an event is skipped.
    """
    try:
        with open(folder / EVENTS, "rb") as log:
            log.seek(offset)
            data = log.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return [], offset
    whole = data[: data.rfind(b"\n") + 1]
    events = [event for line in whole.split(b"\n") if (event := decode(line)) is not None]
    return events, offset + len(whole)


def history(folder: Path) -> History:
    """Return the history of a run from its whole log."""
    return History().add(read_events(folder)[0])


def _outlives(event: Event, from_step: int) -> bool:
    """Return whether a run that continues from `from_step` keeps an earlier event.

    Steps are counted before their update; what is measured on a net is counted after it.
    """
    if event["kind"] in ("state", "end"):
        return False
    after = event["kind"] in ("eval", "probe", "diagnostic", "memory")
    return bool(event.get("step", 0) < from_step + after)


def _change(event: Event) -> tuple[int, dict[str, Any]]:
    return event["step"], event["changed"]
