"""Hold a snippet in a control group of its own, where the account may make one.

A group limits the memory of a snippet as the kernel counts it, with whatever the snippet makes the
kernel hold, and the number of its tasks. Few machines let an account make one: it needs version 2
and a parent that is the account's own, as systemd gives to what a user's session starts. Without
one the limits are polled, and process_tree.py counts what is known to hide memory.

Source: Linux, Documentation/admin-guide/cgroup-v2.rst.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

MOUNT, OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
NEEDED = {"memory", "pids"}
BESIDE = 8  # tasks of what watches the snippet
PREFIX = "residual-snippet-"
EMPTY_S = 2.0  # the kernel removes what was killed in its own time


def parent(mount: Path = MOUNT, own: Path = OWN) -> Path | None:
    """Return the group in which this account may make others with limits, or None.

    It is the parent of the app's group, for a group with processes of its own can limit none below.
    """
    try:
        lines = own.read_text("utf-8").splitlines()
        inside = next(line.removeprefix("0::/") for line in lines if line.startswith("0::/"))
        above = (mount / inside).parent
        given = set((above / "cgroup.subtree_control").read_text("utf-8").split())
    except (OSError, StopIteration):
        return None
    mine = all(os.access(one, os.W_OK) for one in (above, above / "cgroup.procs"))
    return above if inside and mine and given >= NEEDED else None


class Group:
    """Make one group below `above`. Raises OSError if the kernel refuses."""

    def __init__(self, above: Path):
        self._folder = above / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        self._folder.mkdir()

    def hold(self, pids: Iterable[int], memory: int, tasks: int) -> None:
        """Move processes into the group, with limits in bytes and as a count."""
        limits = {"memory.max": memory, "memory.oom.group": 1, "pids.max": tasks + BESIDE}
        for name, value in limits.items():
            (self._folder / name).write_text(f"{value}\n", "ascii")
        with contextlib.suppress(OSError):  # a kernel without swap has no such file
            (self._folder / "memory.swap.max").write_text("0\n", "ascii")
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):  # it ended
                (self._folder / "cgroup.procs").write_text(f"{pid}\n", "ascii")

    def end(self) -> None:
        """Kill what is in the group, whoever its parent is, and remove the group."""
        with contextlib.suppress(OSError):  # Linux before 5.14 lacks it; the tree is killed anyway
            (self._folder / "cgroup.kill").write_text("1\n", "ascii")
        until = time.monotonic() + EMPTY_S
        while time.monotonic() < until:
            try:
                self._folder.rmdir()
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(0.01)
            else:
                return


def make() -> Group | None:
    """Return a new group for one snippet, or None where the account may not make one."""
    above = parent()
    if above is None:
        return None
    _sweep(above)
    try:
        return Group(above)
    except OSError:
        return None  # the kernel allows fewer groups than that


def _sweep(above: Path) -> None:
    """Remove the groups of apps that were killed before they could."""
    for left in above.glob(f"{PREFIX}*-*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            with contextlib.suppress(OSError):  # something still lives there
                left.rmdir()
