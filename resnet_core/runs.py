"""The run folder: a log of events, and what can be derived from it.

    run.json       the experiment, versions and the data's fingerprint; written once
    lock           held by the living worker
    events.jsonl   append-only, one writer, one JSON object a line
    control.json   what the learner wishes, replaced atomically
    checkpoints/   the last two
    tb/            TensorBoard summaries
    worker.log     for people, never parsed

Nothing here needs TensorFlow, and reading never writes: a full disk cannot hide a status.
"""

import json
import math
import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from resnet_core import folders
from resnet_core.experiment import Experiment
from resnet_core.wording import Said, Words

LOCK, SPEC, EVENTS, CONTROL, LOG = "lock", "run.json", "events.jsonl", "control.json", "worker.log"
CHECKPOINTS, SUMMARIES = "checkpoints", "tb"


class RunError(Said):
    """A run that cannot be made, read or continued."""


@dataclass(frozen=True)
class Run:
    """A run folder. `source` names the data the learner chose, or is empty."""

    folder: Path
    experiment: Experiment
    created: str
    source: str = ""

    @property
    def id(self) -> str:
        return self.folder.name


@dataclass(frozen=True)
class Status:
    """`name`: queued, starting, running, paused, done, stopped, failed or crashed.

    `step` is how many steps every arm has completed; `reason` is said for failed and crashed.
    """

    name: str
    step: int = 0
    reason: Words | None = None

    @property
    def live(self) -> bool:
        return self.name in ("queued", "starting", "running")

    @property
    def resumable(self) -> bool:
        return self.name in ("crashed", "paused", "stopped", "failed")


@dataclass
class History:
    """The fold of a log: events by kind, without what a resumed run overwrote."""

    started: dict | None = None
    events: list[dict] = field(default_factory=list)

    def add(self, events: Iterable[dict]) -> "History":
        for event in events:
            if event["kind"] == "started":
                self.events = [e for e in self.events if _outlives(e, event.get("from_step", 0))]
                self.started = event
            else:
                self.events.append(event)
        return self

    def of(self, kind: str, arm: str | None = None) -> list[dict]:
        return [e for e in self.events if e["kind"] == kind and arm in (None, e.get("arm"))]

    @property
    def step(self) -> int:
        """Steps that every arm has completed."""
        steps = [e["step"] for e in self.events if e["kind"] == "step"]
        return max(steps) + 1 if steps else (self.started or {}).get("from_step", 0)


def create(experiment: Experiment, *, source: str = "", root: Path | None = None) -> Run:
    """A new folder with its run.json; the log comes with the worker."""
    root = root or folders.runs()
    now = datetime.now(UTC)
    folder = root / f"{now:%Y%m%d-%H%M%S}-{experiment.name}-{secrets.token_hex(2)}"
    spec = {
        "version": 1,
        "created": now.isoformat(timespec="milliseconds"),
        "experiment": experiment.to_json(),
        "source": source,
    }
    try:
        folder.mkdir(parents=True)
        write_json(folder / SPEC, spec)
    except OSError as error:
        raise RunError(
            Words(
                "runs.cannot_write",
                {"folder": str(root), "why": error.strerror or str(error)},
                f"The run could not be written to {root}: {error.strerror or error}.",
            )
        ) from error
    return Run(folder, experiment, spec["created"], source)


def load(folder: Path) -> Run:
    """Raises RunError where the folder is not a run or its run.json is damaged."""
    try:
        spec = json.loads((folder / SPEC).read_text("utf-8"))
        experiment = Experiment.from_json(spec["experiment"])
        return Run(folder, experiment, str(spec["created"]), str(spec.get("source", "")))
    except (OSError, ValueError, KeyError, TypeError, Said) as error:
        raise RunError(
            Words(
                "runs.unreadable",
                {"folder": str(folder)},
                f"{folder} is not a run that can be read: {error}",
            )
        ) from error


def every(root: Path | None = None) -> list[Run]:
    """All readable runs, newest first."""
    root = root or folders.runs()
    found = []
    for folder in sorted(root.glob("*/" + SPEC), reverse=True) if root.is_dir() else []:
        try:
            found.append(load(folder.parent))
        except RunError:
            continue  # a foreign or damaged folder is not a run; the settings page counts its size
    return found


def read_events(folder: Path, offset: int = 0) -> tuple[list[dict], int]:
    """Whole lines from byte `offset` on, and the offset to go on from.

    A last line without newline waits for its rest; a line that does not parse is skipped.
    """
    try:
        with open(folder / EVENTS, "rb") as log:
            log.seek(offset)
            data = log.read()
    except FileNotFoundError:
        return [], offset
    whole = data[: data.rfind(b"\n") + 1]
    return list(_parsed(whole.splitlines())), offset + len(whole)


def history(folder: Path) -> History:
    return History().add(read_events(folder)[0])


def locked(path: Path) -> bool:
    """Whether a living process holds the lock file."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def status(folder: Path, past: History | None = None) -> Status:
    """Derived from the queue, the events since the last `started` and the lock; in this order.

    A run stays in the queue until its worker has written `started`.
    """
    past = past or history(folder)
    if queued_place(folder) is not None:
        return Status("starting" if locked(folder / LOCK) else "queued", past.step)
    end = next(iter(past.of("end")), None)
    if end is not None:
        return Status(end["status"], past.step, _words(end.get("reason")))
    last = next((e["state"] for e in reversed(past.of("state"))), "starting")
    if locked(folder / LOCK):
        return Status(last if last in ("running", "paused") else "starting", past.step)
    if last == "parked":
        return Status("paused", past.step)
    english = "The worker is gone without a word: it was killed, or the machine ran out of memory."
    return Status("crashed", past.step, Words("runs.worker_gone", {}, english))


def held(folder: Path) -> bool:
    """Whether a worker has the run or will take it: its folder is not to be deleted."""
    return queued_place(folder) is not None or locked(folder / LOCK)


class Log:
    """The one writer of a run's events. Ends a torn last line before it writes the first."""

    def __init__(self, folder: Path):
        self._descriptor = os.open(
            folder / EVENTS,
            os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0),
            0o644,
        )
        size = os.fstat(self._descriptor).st_size
        if size:
            os.lseek(self._descriptor, size - 1, os.SEEK_SET)
            if os.read(self._descriptor, 1) != b"\n":
                os.write(self._descriptor, b"\n")

    def write(self, kind: str, *, durable: bool = False, **values) -> None:
        """One object, one line, one write. NaN and infinity become null with `nan` set."""
        clean, broken = _finite({"kind": kind, **values})
        if broken:
            clean["nan"] = True
        line = json.dumps(clean, separators=(",", ":"), allow_nan=False) + "\n"
        os.write(self._descriptor, line.encode())
        if durable:
            os.fsync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


@dataclass(frozen=True)
class Wish:
    """What the learner wants of a living run: the worker looks at it before every step.

    `want` is run, pause or stop. With `until`, a paused run goes on to that step first.
    """

    want: str = "run"
    until: int = 0
    learning_rate: float | None = None


def wish(folder: Path) -> Wish:
    """The default where nothing was wished or the file is damaged."""
    try:
        data = json.loads((folder / CONTROL).read_text("utf-8"))
        return Wish(str(data["want"]), int(data["until"]), data["learning_rate"])
    except (OSError, ValueError, KeyError, TypeError):
        return Wish()


def set_wish(folder: Path, **changes) -> Wish:
    changed = Wish(**{**wish(folder).__dict__, **changes})
    write_json(folder / CONTROL, changed.__dict__)
    return changed


def queue_entries(queue: Path | None = None) -> list[Path]:
    """Files of the queue, first come first; each holds the path of a run folder."""
    queue = queue or folders.queue()
    return sorted(queue.glob("*.run")) if queue.is_dir() else []


def queued_place(folder: Path) -> int | None:
    """Place in the queue, 1 = next; None where the run is not in it."""
    for place, entry in enumerate(queue_entries(), start=1):
        if entry.stem.endswith(folder.name):
            return place
    return None


def enter_queue(folder: Path) -> None:
    """Behind those that wait."""
    queue = folders.queue()
    queue.mkdir(parents=True, exist_ok=True)
    part = queue / f"{time.time_ns()}-{folder.name}.part"
    part.write_text(str(folder.resolve()), "utf-8")
    part.replace(part.with_suffix(".run"))


def leave_queue(folder: Path) -> None:
    for entry in queue_entries():
        if entry.stem.endswith(folder.name):
            entry.unlink(missing_ok=True)


def write_json(path: Path, data: object) -> None:
    """Whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _outlives(event: dict, from_step: int) -> bool:
    """Whether a run that goes on from `from_step` keeps an event of before.

    Steps are counted before their update, evaluations after it.
    """
    if event["kind"] in ("state", "end"):
        return False
    after = event["kind"] in ("eval", "probe")
    return event.get("step", 0) < from_step + after


def _parsed(lines: Iterable[bytes]) -> Iterator[dict]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # torn by a kill in mid-write
        if isinstance(event, dict) and isinstance(event.get("kind"), str):
            yield event


def _words(data: dict | None) -> Words | None:
    return Words.from_json(data) if data else None


def _finite(value: object) -> tuple[object, bool]:
    """The value with four significant digits and null for NaN, and whether one was found."""
    if isinstance(value, float):
        return (float(f"{value:.4g}"), False) if math.isfinite(value) else (None, True)
    if isinstance(value, dict):
        pairs = {key: _finite(item) for key, item in value.items()}
        return {k: v for k, (v, _) in pairs.items()}, any(b for _, b in pairs.values())
    if isinstance(value, list | tuple):
        items = [_finite(item) for item in value]
        return [v for v, _ in items], any(b for _, b in items)
    return value, False
