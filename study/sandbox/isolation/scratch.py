"""The work folder of a snippet that no tmpfs holds: counted while it runs, cleared after.

Nothing in it is opened; links are neither followed nor trusted.
"""

import itertools
import os
import stat
import tempfile
from functools import cache
from pathlib import Path

import psutil

PREFIX = "residual-snippet-"
DEEPEST, MOST_ENTRIES = 64, 20_000


def make() -> Path:
    """Named after this process, so that a later one knows what a dead one left."""
    _sweep()
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


@cache
def _sweep() -> None:
    """Once: folders of apps that were killed before they could clear them."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = path.name.removeprefix(PREFIX).partition("-")[0]
        ours = not hasattr(os, "getuid") or os.lstat(path).st_uid == os.getuid()
        if ours and _is_folder(path) and owner.isdigit() and not psutil.pid_exists(int(owner)):
            clear(path)


def too_much(folder: Path, limit: int) -> bool:
    """More bytes than the limit, or more entries or levels than anybody can count in time."""
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
            continue  # what vanishes while it is counted does not count
    return False


def too_many(pid: int, mounts: tuple[str, ...]) -> bool:
    """Entries of the tmpfs that a process in a mount namespace of its own sees, asked from outside.

    Their number of bytes is limited by their size; each empty file is a kilobyte of the kernel's.
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
    """However deep: what lies two levels down is moved up, so that no path grows long."""
    names = itertools.count()
    while entries := _entries(folder):
        for path in entries:
            if not _is_folder(path):
                path.unlink(missing_ok=True)
                continue
            for inner in _entries(path):
                if _is_folder(inner):
                    os.chmod(inner, stat.S_IRWXU)  # or it may not leave its parent
                    os.rename(inner, _free(folder, names))
                else:
                    inner.unlink(missing_ok=True)
            path.rmdir()
    folder.rmdir()


def _entries(folder: Path) -> list[Path]:
    os.chmod(folder, stat.S_IRWXU)
    with os.scandir(folder) as listed:
        return [Path(entry.path) for entry in listed]


def _free(folder: Path, names) -> Path:
    return next(path for n in names if not os.path.lexists(path := folder / f"moved-{n}"))


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(os.lstat(path).st_mode)
