"""Write the log of a run, as its only writer."""

import json
import math
import os
from pathlib import Path
from typing import Any

from resnet_core.runs.folder import EVENTS
from resnet_core.runs.log import reserve


class Log:
    """Write a run's events, as its only writer. Ends a torn last line before the first new one.

    It holds back a few kilobytes, so that a run whose disk fills up can still record that
    (`reserve`).
    """

    def __init__(self, folder: Path):
        self._torn = False  # a disk that filled up took only a part of what was appended
        self._folder = folder
        reserve.hold_back(folder)
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

    def write(self, kind: str, *, durable: bool = False, **values: object) -> None:
        """Write one object as one line. NaN and infinity become null, with `nan` set."""
        clean, broken = _finite({"kind": kind, **values})
        if broken:
            clean |= {"nan": True}
        line = json.dumps(clean, separators=(",", ":"), allow_nan=False) + "\n"
        os.write(self._descriptor, ("\n" * self._torn + line).encode())
        self._torn = False
        if durable:
            os.fsync(self._descriptor)

    def append(self, lines: bytes) -> None:
        """Append whole lines that the run's worker wrote on another machine."""
        self._torn = True
        while lines:
            lines = lines[os.write(self._descriptor, lines) :]
        self._torn = False

    def write_end(self, **values: object) -> None:
        """Write the last event, on a full disk into the space that was held back for it."""
        reserve.free(self._folder)
        self.write("end", durable=True, **values)

    def close(self) -> None:
        """Close the file and free the space that was held back."""
        reserve.free(self._folder)
        os.close(self._descriptor)


def _finite(value: Any) -> tuple[Any, bool]:
    """Return the value with four significant digits and null for NaN, and whether there was one."""
    if isinstance(value, float):
        return (float(f"{value:.4g}"), False) if math.isfinite(value) else (None, True)
    if isinstance(value, dict):
        pairs = {key: _finite(item) for key, item in value.items()}
        return {k: v for k, (v, _) in pairs.items()}, any(b for _, b in pairs.values())
    if isinstance(value, list | tuple):
        items = [_finite(item) for item in value]
        return [v for v, _ in items], any(b for _, b in items)
    return value, False
