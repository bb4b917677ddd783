"""Runs of claims on a cluster: several under way at a time, one progress bar for all."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tqdm import tqdm

from resnet_core import jobs, runs
from resnet_core.claims import Trial, shared_runs
from resnet_core.commands.claims.recording import LINGER_S, Place, tell_failure

LOOK_EVERY_S = 0.1


@dataclass
class UnderWay:
    """A run that was put into the queue, and what its log says so far."""

    trial: Trial
    run: runs.Run
    past: runs.History = field(default_factory=runs.History)
    offset: int = 0

    def look(self) -> bool:
        """Read on; return whether the run has come to rest and will not go on by itself."""
        if self._read() and self.past.end is None:
            return False
        name = runs.status(self.run.folder, self.past).name
        if name == "paused" and self.trial.cuts:
            self.trial.tend(self.run, self.past)
            return False
        if name in ("queued", "starting", "running"):
            return False
        self._read()  # what was written between the two looks
        return True

    def _read(self) -> bool:
        events, self.offset = runs.read_events(self.run.folder, self.offset)
        self.past.add(events)
        return bool(events)


def run(at_a_time: int) -> Callable[[Sequence[Trial], Place], None]:
    """Return what makes runs, so many at a time.

    Ctrl-C stops the runs that are under way; those that are done stay, and the same command goes
    on with the rest.
    """

    def run_all(trials: Sequence[Trial], place: Place) -> None:
        waiting = list(reversed(trials))
        under_way: list[UnderWay] = []
        with tqdm(total=len(trials), unit="run") as bar:
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < at_a_time:
                        under_way.append(_begin(waiting.pop(), place))
                    jobs.ensure_worker(LINGER_S)
                    for one in [one for one in under_way if one.look()]:
                        under_way.remove(one)
                        bar.update()
                        if not shared_runs.complete(one.past):
                            tell_failure(one.run, one.past)
                    bar.set_postfix(under_way=len(under_way), refresh=False)
                    time.sleep(LOOK_EVERY_S)
            except KeyboardInterrupt:
                for one in under_way:
                    jobs.stop(one.run.folder)
                raise

    return run_all


def _begin(trial: Trial, place: Place) -> UnderWay:
    """Start a run, or take up one that was broken off; its end of before does not count."""
    made = shared_runs.create(trial, place.source, place.root)
    events, offset = runs.read_events(made.folder)
    past = runs.History().add(event for event in events if event["kind"] != "end")
    return UnderWay(trial, made, past, offset)
