"""What a process and everything it started use, and how to end them all."""

import os
import re
import stat
import sys
from pathlib import Path

import psutil

from study.sandbox.inside.supervise import descendants

MARK = "RESIDUAL_SNIPPET"
DELETED = b" (deleted)"
SOCKET = 416 << 10  # what one may hold of what nobody has read: twice Linux' net.core.wmem_max
# Of /proc/PID/status. Page tables are memory too: a page of them for each 2 MiB that was only read.
COUNTED = re.compile(rb"^(VmRSS|VmPTE|Threads):\s*(\d+)", re.M)


def usage(pid: int) -> tuple[int, int]:
    """Bytes of memory and threads, summed over the tree: what is resident, what the kernel keeps to
    find it, and what may wait in sockets.
    """
    if sys.platform != "linux":
        return _usage_elsewhere(pid)
    memory = tasks = 0
    for one in (pid, *descendants(pid)):
        about = _status(one)
        memory += (about.get(b"VmRSS", 0) + about.get(b"VmPTE", 0)) << 10
        memory += SOCKET * sum(stat.S_ISSOCK(file.st_mode) for file in _open_files(one))
        tasks += about.get(b"Threads", 0)
    return memory, tasks


def nameless_bytes(pid: int) -> int:
    """Of files that the tree holds open and has deleted, which no folder shows any more; more than
    there can be where a process hides what it holds, as one does whose program may not be read.
    """
    if sys.platform != "linux":
        return 0
    sizes = {}
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
    """How many deleted files of the folder the tree has in its memory: each may be of any size."""
    found, mark = set(), os.fsencode(folder) + b"/"
    for one in (pid, *descendants(pid)) if sys.platform == "linux" else ():
        try:
            lines = Path(f"/proc/{one}/maps").read_bytes().split(b"\n")
        except OSError:
            continue  # it ended, or hides: then its files count as too much already
        found |= {line.split()[4] for line in lines if mark in line and line.endswith(DELETED)}
    return len(found)


def step_back(pid: int) -> None:
    """All that the process started takes the processors that nobody else wants, for good."""
    for one in descendants(pid) if sys.platform == "linux" else ():
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                os.setpriority(os.PRIO_PROCESS, int(task), 19)
        except OSError:
            continue  # it ended


def offer_first(pid: int) -> None:
    """Where memory runs out, the kernel ends the snippet and not the app; children inherit it."""
    for one in (pid, *descendants(pid)) if sys.platform == "linux" else ():
        try:
            Path(f"/proc/{one}/oom_score_adj").write_text("1000", "ascii")
        except OSError:
            continue  # it ended


def kill(pid: int, mark: str) -> None:
    """The process, its descendants, and whatever else carries this run's mark."""
    for process in [*_with_descendants(pid), *_marked(mark)]:
        try:
            process.kill()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def tasks_of_account() -> int:
    """RLIMIT_NPROC counts every task of the account, not those of the snippet."""
    user, total = os.geteuid(), 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == user:
                total += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return total


def _status(pid: int) -> dict[bytes, int]:
    """Empty when it ended."""
    try:
        found = COUNTED.findall(Path(f"/proc/{pid}/status").read_bytes())
    except OSError:
        return {}
    return {name: int(value) for name, value in found}


def _hides(pid: int) -> bool:
    try:
        os.listdir(f"/proc/{pid}/fd")
    except PermissionError:
        return b"VmRSS" in _status(pid)  # one that is ending shows nothing either
    except OSError:
        return False
    return False


def _open_files(pid: int) -> list[os.stat_result]:
    """What it holds open, each looked at and not opened."""
    try:
        handles = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return []  # it ended, or is nothing that can be looked at
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
    """Processes that left the tree but still carry the environment they were started with."""
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
