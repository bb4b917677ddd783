"""The queue before the worker: one file for each run that waits, named after who is to train it.

On a server for a class the learners take turns: whose run began longest ago is next, and one who
asks for fifty runs waits as long for the second as another for the first. A demonstration to the
whole class goes before all of them.
"""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from base import folders
from base.files import write_json
from resnet_core.runs.executor import SUFFIX, executor
from resnet_core.runs.folder import Run, RunError, cannot_write, load

OF_CLASS = "class"  # the owner of a run that everybody waits for
TURNS = "turns.json"  # when a run of each learner began last, in nanoseconds


def queue_entries(queue: Path | None = None, on: str | None = None) -> list[Path]:
    """Return the files of the queue, the next one first; each holds the path of a run folder.

    They are those of one executor, by default the one that this process has chosen. First come
    first, among the runs of one learner; the learners take turns.
    """
    queue = queue or folders.queue()
    waiting = sorted(queue.glob(f"*{SUFFIX[on or executor()]}")) if queue.is_dir() else []
    if len({_owner(entry) for entry in waiting}) < 2:
        return waiting
    return in_turn(waiting, _turns(queue))


def in_turn(waiting: Sequence[Path], turns: Mapping[str, int]) -> list[Path]:
    """Order entries by rounds: the first of each learner, then the second of each, and so on."""
    of_each: dict[str, list[Path]] = {}
    for entry in waiting:
        of_each.setdefault(_owner(entry), []).append(entry)
    order = sorted(of_each, key=lambda owner: (owner != OF_CLASS, turns.get(owner, 0)))
    longest = max(map(len, of_each.values()), default=0)
    return [
        of_each[owner][place]
        for place in range(longest)
        for owner in order
        if place < len(of_each[owner])
    ]


def note_turn(run: Run) -> None:
    """Record that a run of this learner begins now. Writes nothing for a run without an owner.

    If the disk is full, only the turn is lost.
    """
    if not run.owner:
        return
    queue = folders.queue()
    try:
        queue.mkdir(parents=True, exist_ok=True)
        write_json(queue / TURNS, {**_turns(queue), run.owner: time.time_ns()})
    except OSError:
        return


def _turns(queue: Path) -> dict[str, int]:
    try:
        told = json.loads((queue / TURNS).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {
        owner: at
        for owner, at in (told.items() if isinstance(told, dict) else ())
        if isinstance(at, int)
    }


def _owner(entry: Path) -> str:
    """Return the learner whose run waits, or "" without a class."""
    named = entry.stem.partition("-")[2]
    return named.partition("@")[0] if "@" in named else ""


def queued_place(folder: Path) -> int | None:
    """Return the place in the queue, 1 = next; None where the run waits for no executor."""
    for on in SUFFIX:
        for place, entry in enumerate(queue_entries(on=on), start=1):
            if entry.stem.endswith(folder.name):
                return place
    return None


def enter_queue(folder: Path) -> None:
    """Put a run after those that wait. Raises RunError if that cannot be written."""
    queue = folders.queue()
    owner = load(folder).owner
    whose = f"{owner}@" if owner else ""
    part = queue / f"{time.time_ns()}-{whose}{folder.name}.part"
    try:
        queue.mkdir(parents=True, exist_ok=True)
        part.write_text(str(folder.resolve()), "utf-8")
        part.replace(part.with_suffix(SUFFIX[executor()]))
    except OSError as error:
        raise cannot_write(queue, error) from error


def queued_run(entry: Path) -> Run | None:
    """Return the run that a file of the queue names, or None if there is none."""
    try:
        return load(Path(entry.read_text("utf-8")))
    except (OSError, ValueError, RunError):
        return None


def leave_queue(folder: Path) -> None:
    """Take a run out of the queue, if it is in it."""
    for on in SUFFIX:
        for entry in queue_entries(on=on):
            if entry.stem.endswith(folder.name):
                entry.unlink(missing_ok=True)
