"""The log of a run: its one writer, its readers, and the history that its events fold to."""

import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resnet_core.runs.folder import EVENTS


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
