"""Watch the process of a snippet if no namespace keeps its children together.

The watcher holds one end of a pipe, the leash. When the app closes the other end or dies, or when
the snippet ends, the watcher stops and kills everything that the snippet started, and then ends
itself. Daemons cannot escape: an orphaned process becomes a child of the watcher.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from study.sandbox.inside.channel import Channel


def split(leash: int, channel: "Channel") -> None:
    """Return in a new process, in its own session; the caller's process stays as the watcher."""
    if sys.platform == "linux":
        _prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
    woken, waker = os.pipe()
    child = os.fork()
    if child == 0:
        for number in (leash, woken, waker):
            os.close(number)
        os.setsid()
        if sys.platform == "linux":
            _prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        return
    _let_go_of_pipes(channel)
    os.set_blocking(waker, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    status = _until_over(child, leash, woken)
    sweep(child)
    os._exit(status)


def _let_go_of_pipes(channel: "Channel") -> None:
    """Close the pipes of this process, so that they end when the snippet ends."""
    channel.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)


def _until_over(child: int, leash: int, woken: int) -> int:
    """Wait for the end. Return the exit status as a shell does: 128 + n for signal n."""
    watched = select.poll()  # select() takes no handle above 1023, which a busy app may pass on
    watched.register(leash, select.POLLIN)
    watched.register(woken, select.POLLIN)
    while True:
        try:
            done, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if done == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if done:
            continue
        if leash in {handle for handle, _ in watched.poll()}:
            return 128 + signal.SIGKILL
        os.read(woken, 4096)


def sweep(child: int) -> None:
    """Stop all processes, then kill them: a stopped process cannot start another.

    It goes on until none is left, however long that takes on a busy machine. What it left would be
    an orphan that nobody keeps together.
    """
    while True:
        alive = descendants(os.getpid()) if sys.platform == "linux" else []
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in alive:
                _signal(os.kill, pid, number)
        if sys.platform != "linux":
            _signal(os.killpg, child, signal.SIGKILL)
        if not _reap():
            return


def descendants(top: int) -> list[int]:
    """Return the pids of everything that `top` started, without `top` itself."""
    listed = os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    families = None if listed else _families()
    found, waiting = [], [top]
    while waiting:
        pid = waiting.pop()
        children = _listed(pid) if families is None else families.get(pid, [])
        found += children
        waiting += children
    return found


def _listed(pid: int) -> list[int]:
    """Return the children of all threads of a process, as the kernel lists them."""
    children = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", "rb") as lines:
                children += [int(one) for one in lines.read().split()]
    except OSError:
        return children  # it ended meanwhile
    return children


def _families() -> dict[int, list[int]]:
    """Return the children by parent, for kernels that do not list children."""
    families: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", "rb") as line:
                parent = int(line.read().rpartition(b")")[2].split()[1])
        except OSError:
            continue
        families.setdefault(parent, []).append(int(name))
    return families


def _reap() -> bool:
    """Collect the children that ended. Return whether any are left."""
    try:
        while True:
            done, _ = os.waitpid(-1, os.WNOHANG)
            if not done:
                time.sleep(0.002)
                return True
    except ChildProcessError:
        return False


def _signal(send: Callable[[int, int], None], target: int, number: int) -> None:
    try:
        send(target, number)
    except (ProcessLookupError, PermissionError):
        return


def _prctl(option: int, value: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
