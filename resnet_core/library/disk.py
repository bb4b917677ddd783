"""Measure how much of the disk the runs take, and how much is left."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resnet_core.library.removal import bin_of


@dataclass(frozen=True)
class Usage:
    """Hold bytes: of the runs, of the bin, and free on the disk, or None if that is not known."""

    runs: int
    thrown: int
    free: int | None


def usage(root: Path) -> Usage:
    """Return what a folder of runs and its bin take, in bytes."""
    return Usage(size_of(root), size_of(bin_of(root)), _free(root))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder. A file deleted meanwhile counts 0."""
    total = 0
    for path in _files(folder):
        try:
            total += path.lstat().st_size
        except OSError:
            continue
    return total


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent, name)


def _free(folder: Path) -> int | None:
    """Return the free bytes of the disk of a folder, or of its nearest parent that exists."""
    for place in (folder, *folder.parents):
        if place.exists():
            try:
                return shutil.disk_usage(place).free
            except OSError:
                return None
    return None
