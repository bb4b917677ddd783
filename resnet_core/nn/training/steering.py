"""Carry out between two steps what a learner asks and what the experiment plans.

These are pause, one step, stop, the learning rate, and surgery.
"""

import time
from collections import deque
from collections.abc import Callable
from enum import Enum

from resnet_core import runs
from resnet_core.nn.training.output.record import Record
from resnet_core.runs import Settings, configured, planned

PARK_AFTER_S = 600.0  # a paused run gives up its slot after this
PARK_AFTER_IN_COMPANY_S = 60.0  # … or after this, if another run waits
LOOK_EVERY_S = 0.05


class Asked(Enum):
    """Name what comes next: a step, the end of the run, or leaving the slot until it is resumed."""

    STEP, STOP, PARK = "step", "stop", "park"


class Steering:
    """Follow control.json, and repeat the changes that a resumed run had made before.

    A change belongs to the step at which it was made. A run that continues from an earlier
    checkpoint makes it at the same step again, unless the learner has asked for something else
    since: then a rate at which the run diverged is not tried a second time. What the learner asks
    of a setting also holds against what the experiment plans for it.
    """

    def __init__(self, record: Record, asked_to_park: Callable[[], bool]):
        self._record, self._asked_to_park = record, asked_to_park
        self._folder = record.run.folder
        self._experiment = record.run.experiment
        made = [event["changed"] for event in record.past.of("control")]
        self.now = configured(self._experiment).after(made)
        self._to_repeat = deque(record.past.undone)
        self._repeated = self.now.after(event["changed"] for event in self._to_repeat)

    def heed(self) -> Asked:
        """Return what comes next, after waiting as long as the run is paused."""
        paused_at = None
        while True:
            if self._asked_to_park():
                return Asked.PARK
            asked = runs.control(self._folder)
            if asked.command != "pause" or self._record.trained < asked.until:
                if paused_at is not None:
                    self._record.state("running")
                self._follow(asked)
                return Asked.STOP if asked.command == "stop" else Asked.STEP
            if paused_at is None:
                paused_at = time.monotonic()
                self._record.state("paused")
            patience = PARK_AFTER_IN_COMPANY_S if runs.queue_entries() else PARK_AFTER_S
            if time.monotonic() - paused_at > patience:
                return Asked.PARK
            time.sleep(LOOK_EVERY_S)

    def _follow(self, asked: runs.Control) -> None:
        if self._to_repeat:
            last = self._to_repeat[-1]["step"]
            if self._wanted(asked, last) != self._repeated:
                self._to_repeat.clear()
        target = self._due() if self._to_repeat else self._wanted(asked, self._record.step)
        changed = target.since(self.now)
        if changed:
            self.now = target
            self._record.event("control", changed=changed)

    def _wanted(self, asked: runs.Control, step: int) -> Settings:
        """Return the settings that the plan has for a step, with what the learner asked for."""
        return planned(self._experiment, step).after([asked.asked])

    def _due(self) -> Settings:
        """Return the settings with the earlier changes up to this step."""
        target = self.now
        while self._to_repeat and self._to_repeat[0]["step"] <= self._record.step:
            target = target.after([self._to_repeat.popleft()["changed"]])
        return target
