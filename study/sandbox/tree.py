"""What a process and everything it started use, and how to end them all."""

import os
import sys
from pathlib import Path

import psutil

from study.sandbox.inside.supervise import descendants

MARK = "RESIDUAL_SNIPPET"
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def usage(pid: int) -> tuple[int, int]:
    """Resident bytes and threads, summed over the tree."""
    if sys.platform != "linux":
        return _usage_elsewhere(pid)
    rss = tasks = 0
    for one in (pid, *descendants(pid)):
        try:
            pages = Path(f"/proc/{one}/statm").read_bytes().split()[1]
            fields = Path(f"/proc/{one}/stat").read_bytes().rpartition(b")")[2].split()
        except (OSError, IndexError):
            continue
        rss += int(pages) * PAGE
        tasks += int(fields[17])
    return rss, tasks


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
