"""Write the events of one run, each with its step and the seconds since Start was pressed."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from base.messages import Message
from resnet_core import runs
from resnet_core.runs import checkpoints


class Record:
    """Write a run's log, as its only writer. `past` is what the log held before.

    `step` is how many steps every arm has completed; the loop moves it on. A run of several seeds
    is recorded one seed after the other: `run` then has the experiment of the present one alone.
    """

    def __init__(self, run: runs.Run, log: runs.Log):
        self._whole, self._log = run, log
        self.past = runs.history(run.folder)
        self.step = self.past.step
        self._began = time.monotonic()
        self._before = self.past.seconds or _waited(run)
        known = self.past.seed
        self._take_up(run.experiment.seed if known is None else known)
        if self.past.seed_done:
            self.next_seed()

    @property
    def trained(self) -> int:
        """Return how many steps every arm has completed in all seeds together."""
        return sum(one.step for one in self.past.finished) + self.step

    def next_seed(self) -> bool:
        """Go on to the seed after one that is done; return False where there is none."""
        if self._is_last:
            return False
        checkpoints.set_aside(self.run.folder / runs.CHECKPOINTS, self.run.experiment.seed)
        self.past = runs.history(self.run.folder)
        self.step = 0
        self._take_up(self.run.experiment.seed + 1)
        return True

    def seconds(self) -> float:
        """Return the seconds since Start. A resumed run continues from its last event."""
        return self._before + time.monotonic() - self._began

    def started(self, from_step: int, **facts: object) -> None:
        """Write that the run trains from a step on, and drop what came after that step."""
        self.step = from_step
        event = {**self._of_seed, "from_step": from_step, "elapsed_s": self.seconds(), **facts}
        self._log.write("started", durable=True, **event)
        self.past.add([{"kind": "started", **event}])

    def event(self, kind: str, **values: object) -> None:
        """Write one event of this step."""
        self._log.write(kind, step=self.step, elapsed_s=self.seconds(), **self._of_seed, **values)

    def state(self, state: str, **about: object) -> None:
        """Write what the run is doing."""
        self.event("state", state=state, **about)

    def end(self, status: str, reason: Message | None = None) -> None:
        """Write the last event, on a full disk as well; of a seed that others follow, its state."""
        if status == "done" and not self._is_last:
            self.state(runs.SEED_DONE)
            return
        self._log.write_end(
            step=self.step,
            elapsed_s=self.seconds(),
            **self._of_seed,
            status=status,
            reason=reason.to_json() if reason else None,
        )

    def seed_diverged(self, arm: str, reason: Message) -> bool:
        """Write that this seed diverged, and after the last seed the end of the run.

        The run is done if any of its seeds is complete, otherwise it failed. Writes nothing and
        returns False for a run of one seed.
        """
        if self._whole.experiment.seeds == 1:
            return False
        self.state(runs.SEED_DIVERGED, arm=arm)
        if self._is_last:
            complete = any(not one.diverged for one in self.past.finished)
            self.end("done" if complete else "failed", None if complete else reason)
        return True

    @property
    def _is_last(self) -> bool:
        return self.run.experiment.seed == self._whole.experiment.every_seed[-1]

    @property
    def _of_seed(self) -> dict[str, int]:
        """Return what the events say of their seed: nothing where there is only one."""
        several = self._whole.experiment.seeds > 1
        return {"seed": self.run.experiment.seed} if several else {}

    def _take_up(self, seed: int) -> None:
        self.run = replace(self._whole, experiment=self._whole.experiment.of_seed(seed))


def _waited(run: runs.Run) -> float:
    waited = datetime.now(UTC) - datetime.fromisoformat(run.created)
    return max(0.0, waited.total_seconds())
