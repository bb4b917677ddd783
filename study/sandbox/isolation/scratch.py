"""Make, measure and clear the work folder of a snippet that has no tmpfs.

Nothing in the folder is opened, and links are neither followed nor trusted.
"""

import itertools
import os
import stat
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psutil

PREFIX = "residual-snippet-"
DEEPEST, MOST_ENTRIES = 64, 20_000


def make() -> Path:
    """Make a work folder named after this process, so that a later one finds what it left."""
    _sweep()
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


@cache
def _sweep() -> None:
    """Clear once the folders of apps that were killed before they could."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = path.name.removeprefix(PREFIX).partition("-")[0]
        ours = not hasattr(os, "getuid") or os.lstat(path).st_uid == os.getuid()
        if ours and _is_folder(path) and owner.isdigit() and not psutil.pid_exists(int(owner)):
            clear(path)


def too_much(folder: Path, limit: int) -> bool:
    """Return whether a folder exceeds the limit in bytes, or has too many entries or levels."""
    total = entries = 0
    waiting = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        try:
            with os.scandir(path) as listed:
                for entry in listed:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((Path(entry.path), depth + 1))
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
                    if total > limit or entries > MOST_ENTRIES or depth > DEEPEST:
                        return True
        except OSError:
            continue  # an entry that vanishes meanwhile does not count
    return False


def too_many(pid: int, mounts: tuple[str, ...]) -> bool:
    """Return whether the tmpfs mounts that a process sees hold too many entries, read from outside.

    The size of a mount limits its bytes, but each empty file takes a kilobyte of kernel memory.
    """
    entries = 0
    for mount in mounts:
        try:
            about = os.statvfs(f"/proc/{pid}/root{mount}")
        except OSError:
            return False  # it ended
        entries += about.f_files - about.f_ffree
    return entries > MOST_ENTRIES


def clear(folder: Path) -> None:
    """Remove a folder, however deep it is.

    Entries two levels down are moved up first, so that no path grows long.
    """
    names = itertools.count()
    while entries := _entries(folder):
        for path in entries:
            if not _is_folder(path):
                path.unlink(missing_ok=True)
                continue
            for inner in _entries(path):
                if _is_folder(inner):
                    os.chmod(inner, stat.S_IRWXU)  # otherwise it might not leave its parent
                    os.rename(inner, _free(folder, names))
                else:
                    inner.unlink(missing_ok=True)
            path.rmdir()
    folder.rmdir()


def _entries(folder: Path) -> list[Path]:
    os.chmod(folder, stat.S_IRWXU)
    with os.scandir(folder) as listed:
        return [Path(entry.path) for entry in listed]


def _free(folder: Path, names: Iterator[int]) -> Path:
    return next(path for n in names if not os.path.lexists(path := folder / f"moved-{n}"))


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(os.lstat(path).st_mode)
