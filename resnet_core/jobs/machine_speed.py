"""Keep how fast this machine is, as the worker measured it, for estimates (machine.json)."""

import os
import platform
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from base import folders
from base.files import write_json

MACHINE_FILE = "machine.json"
Factor = Annotated[float, Meta(gt=0, le=1e6)]


class Machine(msgspec.Struct, frozen=True):
    """Hold ratios of this machine's seconds to the typical ones.

    `steps` has one for each precision and width that was measured, the widths as text; `preparing`
    is that of building and tracing a net. `kind` names the processor: on another one the
    figures are void.
    """

    kind: str
    steps: dict[str, dict[str, Factor]]
    preparing: Factor


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def kind() -> str:
    """Return the processor's name and the number of cores."""
    return f"{_processor()}, {cores()} cores"


def measured() -> Machine | None:
    """Return what was measured on a processor of this kind, or None."""
    try:
        found = msgspec.json.decode((folders.home() / MACHINE_FILE).read_bytes(), type=Machine)
    except (OSError, ValueError, RecursionError):
        return None
    return found if found.kind == kind() else None


def note(steps: dict[str, dict[str, float]], preparing: float) -> None:
    """Store what was measured. The worker calls this. Raises OSError."""
    rounded = {
        precision: {width: float(f"{factor:.3g}") for width, factor in by_width.items()}
        for precision, by_width in steps.items()
    }
    found = {"kind": kind(), "steps": rounded, "preparing": float(f"{preparing:.3g}")}
    write_json(folders.home() / MACHINE_FILE, found)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()
