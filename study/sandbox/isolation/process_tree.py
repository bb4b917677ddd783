"""Measure the resources of a process and everything it started, and end them all.

Sockets, page tables and deleted files are counted here one by one because most laptops let an
account make no control group (cgroup.py), in which the kernel would count them.
"""

import os
import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from study.sandbox.inside.supervise import descendants

MARK = "RESIDUAL_SNIPPET"
KILLING_S = 30.0
DELETED = b" (deleted)"
SOCKET = 416 << 10  # bytes of unread data that a socket may hold: twice Linux' net.core.wmem_max
# Of /proc/PID/status. Page tables count too: each 2 MiB that was only read takes a page of them.
COUNTED = re.compile(rb"^(VmRSS|VmPTE|Threads):\s*(\d+)", re.M)


def usage(pid: int, most: int = sys.maxsize) -> tuple[int, int]:
    """Return the bytes of memory and the number of threads, summed over the tree.

    Memory is the resident memory, the kernel's page tables for it, and data that may wait in
    sockets. Of more than `most` processes only the number is returned: to look at each takes long
    while all of them compute, and they are about to be ended.
    """
    if sys.platform != "linux":
        return _usage_elsewhere(pid)
    family = [pid, *descendants(pid)]
    if len(family) > most:
        return 0, len(family)
    memory = tasks = 0
    for one in family:
        about = _status(one)
        memory += (about.get(b"VmRSS", 0) + about.get(b"VmPTE", 0)) << 10
        memory += SOCKET * sum(stat.S_ISSOCK(file.st_mode) for file in _open_files(one))
        tasks += about.get(b"Threads", 0)
    return memory, tasks


def nameless_bytes(pid: int) -> int:
    """Return the bytes of files that the tree holds open and has deleted, which no folder shows.

    Returns an impossibly large number if a process hides its files, as one does whose program may
    not be read.
    """
    if sys.platform != "linux":
        return 0
    sizes: dict[tuple[int, int], int] = {}
    for one in (pid, *descendants(pid)):
        files = _open_files(one)
        if not files and _hides(one):
            return sys.maxsize
        sizes |= {
            (file.st_dev, file.st_ino): file.st_size
            for file in files
            if stat.S_ISREG(file.st_mode) and not file.st_nlink
        }
    return sum(sizes.values())


def mapped_nameless(pid: int, folder: Path) -> int:
    """Return how many deleted files of the folder the tree has mapped. Each may be of any size."""
    found, mark = set(), os.fsencode(folder) + b"/"
    for one in (pid, *descendants(pid)) if sys.platform == "linux" else ():
        try:
            lines = Path(f"/proc/{one}/maps").read_bytes().split(b"\n")
        except OSError:
            continue  # it ended, or it hides: then its files already count as too much
        found |= {line.split()[4] for line in lines if mark in line and line.endswith(DELETED)}
    return len(found)


def step_back(pid: int) -> None:
    """Give the process tree the lowest priority, permanently: others get the processors first."""
    for one in descendants(pid) if sys.platform == "linux" else ():
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                os.setpriority(os.PRIO_PROCESS, int(task), 19)
        except OSError:
            continue  # it ended


def offer_first(pid: int) -> None:
    """Have the kernel kill the snippet before the app if memory runs out; children inherit it."""
    for one in (pid, *descendants(pid)) if sys.platform == "linux" else ():
        try:
            Path(f"/proc/{one}/oom_score_adj").write_text("1000", "ascii")
        except OSError:
            continue  # it ended


def kill(pid: int, mark: str) -> None:
    """Kill the process, its descendants, and every other process with this run's mark.

    All are stopped before the first is killed, and again until none is left: on a busy machine
    processes that start others are faster than a single look at them.
    """
    until = time.monotonic() + KILLING_S
    while alive := [*filter(_lives, (*_with_descendants(pid), *_marked(mark)))]:
        for act in (psutil.Process.suspend, psutil.Process.kill):
            for process in alive:
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    act(process)
        if time.monotonic() > until:
            return


def frozen(pid: int) -> bool:
    """Return whether a process was stopped by a signal, and so does nothing by itself."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def tasks_of_account() -> int:
    """Return the number of tasks of the account, because RLIMIT_NPROC counts all of them."""
    user, total = os.geteuid(), 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == user:
                total += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return total


def _status(pid: int) -> dict[bytes, int]:
    """Return the counted lines of a process' status in kB, or nothing if it has ended."""
    try:
        found = COUNTED.findall(Path(f"/proc/{pid}/status").read_bytes())
    except OSError:
        return {}
    return {name: int(value) for name, value in found}


def _hides(pid: int) -> bool:
    """Return whether a living process does not show its open files."""
    try:
        os.listdir(f"/proc/{pid}/fd")
    except PermissionError:
        return b"VmRSS" in _status(pid)  # a process that is ending shows nothing either
    except OSError:
        return False
    return False


def _open_files(pid: int) -> list[os.stat_result]:
    """Return the status of each file that a process holds open, without opening it."""
    try:
        handles = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return []  # it ended, or it is nothing that can be inspected
    found = []
    for handle in handles:
        try:
            found.append(os.stat(f"/proc/{pid}/fd/{handle}"))
        except OSError:
            continue  # closed meanwhile
    return found


def _usage_elsewhere(pid: int) -> tuple[int, int]:
    rss = tasks = 0
    for process in _with_descendants(pid):
        try:
            with process.oneshot():
                rss += process.memory_info().rss
                tasks += process.num_threads()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return rss, tasks


def _with_descendants(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [*top.children(recursive=True), top]
    except psutil.NoSuchProcess:
        return []


def _marked(mark: str) -> list[psutil.Process]:
    """Return the processes that left the tree but have the environment they were started with."""
    if sys.platform != "linux":
        return []
    wanted, found = f"{MARK}={mark}".encode(), []
    for process in psutil.process_iter():
        try:
            if wanted in Path(f"/proc/{process.pid}/environ").read_bytes():
                found.append(process)
        except OSError:
            continue
    return found
