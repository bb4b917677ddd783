"""Train one run folder from where it stands to its end, whatever happens on the way.

The worker of this machine and the seats of a cluster both do it this way.
"""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from base.messages import Message, UserError
from resnet_core import runs
from resnet_core.nn.training.fine_tuning.run import FineTuningRun
from resnet_core.nn.training.fine_tuning.source import Interrupted
from resnet_core.nn.training.loop import Diverged, Parked, Training
from resnet_core.nn.training.output.record import Record
from resnet_core.nn.training.steering import Asked
from resnet_core.nn.training.workers.arm_cache import ArmCache


def train(
    run: runs.Run,
    cache: ArmCache,
    asked_to_park: Callable[[], bool],
    begun: Callable[[], None] = lambda: None,
) -> bool:
    """Train a run whose lock the caller holds; return whether there was something to do.

    One that is done already is left as it is: two windows may both have asked to resume it.
    `begun` is called once the log says that the run is being worked on. What the process prints
    goes to the run's worker.log. Raises OSError where the run folder cannot be written.
    """
    with _output_to(run.folder / runs.LOG):
        log = runs.Log(run.folder)
        try:
            record = Record(run, log)
            if record.past.end is not None and record.past.end["status"] == "done":
                return False
            record.state("building")
            begun()
            _train_recorded(record, cache, asked_to_park)
            return True
        finally:
            log.close()


def _train_recorded(record: Record, cache: ArmCache, asked_to_park: Callable[[], bool]) -> None:
    try:
        while _train_seed(record, cache, asked_to_park) and record.next_seed():
            pass
    except Parked:
        return
    except UserError as error:
        record.end("failed", error.message)
    except Exception as error:  # the last line of defence: said on the page, whole in the log
        traceback.print_exc()
        record.end("failed", _why(error))


def _train_seed(record: Record, cache: ArmCache, asked_to_park: Callable[[], bool]) -> bool:
    """Train the seed that the record is at; return False where the run was asked to stop.

    Of several seeds one may diverge: the others are trained nevertheless. Raises Diverged for a run
    of one seed.
    """
    try:
        training = _prepared(record, cache, asked_to_park)
    except Interrupted as interrupted:
        if interrupted.asked is Asked.PARK:
            record.state("parked")
            raise Parked from interrupted
        record.end("stopped")
        return False
    try:
        training.go()
    except Diverged as diverged:
        if not record.seed_diverged(diverged.arm, diverged.message):
            raise
    finally:
        training.close()
    return not training.stopped


def _prepared(record: Record, cache: ArmCache, asked_to_park: Callable[[], bool]) -> Training:
    if record.run.experiment.fine_tuning is not None:
        return FineTuningRun(record, cache, asked_to_park)
    return Training(record, cache.arm_for, asked_to_park)


def _why(error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return runs.DISK_FULL
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return Message("runs.out_of_memory")
    told = f"{type(error).__name__}: {error}"[:300]
    return Message("runs.internal", {"error": told})


class _output_to:  # noqa: N801 - used as a verb
    """Sends standard output and error of the process to a run's log for people."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> None:
        self._kept = [os.dup(1), os.dup(2)]
        with open(self.path, "ab") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        for target, kept in enumerate(self._kept, start=1):
            os.dup2(kept, target)
            os.close(kept)
