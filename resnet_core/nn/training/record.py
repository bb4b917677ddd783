"""Write the events of one run, each with its step and the seconds since Start was pressed."""

import time
from datetime import UTC, datetime

from base.messages import Message
from resnet_core import runs


class Record:
    """Write a run's log, as its only writer. `past` is what the log held before.

    `step` is how many steps every arm has completed; the loop moves it on.
    """

    def __init__(self, run: runs.Run, log: runs.Log):
        self.run, self._log = run, log
        self.past = runs.history(run.folder)
        self.step = self.past.step
        self._began = time.monotonic()
        self._before = self.past.seconds or _waited(run)

    def seconds(self) -> float:
        """Return the seconds since Start. A resumed run continues from its last event."""
        return self._before + time.monotonic() - self._began

    def started(self, from_step: int, **facts: object) -> None:
        """Write that the run trains from a step on, and drop what came after that step."""
        self.step = from_step
        event = {"from_step": from_step, "elapsed_s": self.seconds(), **facts}
        self._log.write("started", durable=True, **event)
        self.past.add([{"kind": "started", **event}])

    def event(self, kind: str, **values: object) -> None:
        """Write one event of this step."""
        self._log.write(kind, step=self.step, elapsed_s=self.seconds(), **values)

    def state(self, state: str, **about: object) -> None:
        """Write what the run is doing."""
        self.event("state", state=state, **about)

    def end(self, status: str, reason: Message | None = None) -> None:
        """Write the last event, on a full disk as well."""
        self._log.write_end(
            step=self.step,
            elapsed_s=self.seconds(),
            status=status,
            reason=reason.to_json() if reason else None,
        )


def _waited(run: runs.Run) -> float:
    waited = datetime.now(UTC) - datetime.fromisoformat(run.created)
    return max(0.0, waited.total_seconds())
