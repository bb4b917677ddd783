"""Start one confined process, warm it up, and let it wait on a pipe for its code."""

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from io import BufferedReader, BufferedWriter
from pathlib import Path

from study.sandbox.inside.supervise import descendants
from study.sandbox.isolation import bubblewrap, cgroup, process_tree, scratch
from study.sandbox.isolation.confinement import CONFINEMENTS, environment, interpreter
from study.sandbox.isolation.starter import Starter
from study.sandbox.limits import Limits

_starter = Starter()
LAST_WORDS_S = 3.0
SWEEPING_S = 120.0
MAPS_EVERY_S = 0.5
OTHERS = 512  # tasks that other programs of the account may start while a snippet runs


@dataclass(frozen=True)
class Orders:
    """Hold the orders that the process inside receives before any code.

    They say how to confine itself, whether a filter must already hold, and what to import.
    """

    channel: int
    leash: int | None
    landlock: int | None
    filter: str | None
    filtered: bool
    readable: list[str]
    warm: str


class Worker:
    """Start and hold one confined process, for one run.

    `kind` says what the process has imported: "plain", "numpy" or "tf". Raises OSError if no
    process can be started.
    """

    def __init__(self, tier_name: str, kind: str, work_bytes: int = Limits.work):
        self.tier_name, self.kind, self.born = tier_name, kind, time.monotonic()
        self._mark = secrets.token_hex(8)
        self._leash: int | None = None
        self.work = None if tier_name == "isolated-a" else scratch.make()
        self._ready, self._said_ready = threading.Event(), False
        self._over = threading.Lock()
        self._closed = False
        self._maps_read, self._mapped = self.born, 0
        self._group = cgroup.make()
        try:
            self.process, self.channel = _starter.call(partial(self._launch, work_bytes))
        except BaseException:
            self._end_group()
            self._clear_work()
            raise
        self.stdin, self.stdout, self.stderr = _pipes(self.process)
        threading.Thread(target=self._await_ready, daemon=True).start()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def ready(self) -> bool:
        """Return whether the process said that it is ready and is still alive."""
        return self._said_ready and self.process.poll() is None

    def wait_ready(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds. Return whether the process is ready."""
        self._ready.wait(timeout)
        return self.ready

    def feed(self, code: str, limits: Limits, check: str = "", asked: bool = False) -> None:
        """Send the code, which starts the clock. Raises OSError if the process is gone.

        `check` holds cases to call after the code. With `asked`, those of another process call it.
        Either keeps the pipe open for the lines that the two exchange; see `tell`.
        """
        self._hold(limits)
        body = code.encode("utf-8", "surrogatepass")
        task = {"limits": self._own_limits(limits), "size": len(body), "check": check}
        self.stdin.write(json.dumps({**task, "asked": asked}).encode() + b"\n" + body)
        self.stdin.flush()
        if not check and not asked:
            self.stdin.close()

    def _hold(self, limits: Limits) -> None:
        """Move the process into its group, if there is one, before it has any foreign code.

        The memory there is a quarter more, so that the limit that is polled ends the snippet first,
        with a sentence; the kernel ends what that one does not see or is too late for.
        """
        if self._group is not None:
            pids = (self.pid, *descendants(self.pid))
            with suppress(OSError):  # the polled limits hold all the same
                self._group.hold(pids, limits.memory * 5 // 4, limits.tasks)

    def tell(self, line: bytes | None) -> None:
        """Pass on a line of the process that this one talks with, or that it says no more."""
        try:
            if line is None:
                self.stdin.close()
            else:
                self.stdin.write(line)
                self.stdin.flush()
        except (OSError, ValueError):
            return  # it has ended: its result says why

    def usage(self, most: int = sys.maxsize) -> tuple[int, int]:
        """Return the bytes of memory and the threads of the process and its descendants.

        Of more than `most` processes only the number is returned.
        """
        return process_tree.usage(self.pid, most)

    def fills_work(self, limits: Limits) -> bool:
        """Return whether the process has written more than its limit, in bytes or in files."""
        if self.work is not None:
            left = (
                limits.work
                - process_tree.nameless_bytes(self.pid)
                - self._mapped_bytes(self.work, limits)
            )
            return left < 0 or scratch.too_much(self.work, left)
        inside = descendants(self.pid)[-1:]
        return any(scratch.too_many(pid, bubblewrap.WRITABLE) for pid in inside)

    def _mapped_bytes(self, work: Path, limits: Limits) -> int:
        """Return an upper bound in bytes for deleted files that exist only in memory maps.

        Reading the maps takes long, so they are read at most every MAPS_EVERY_S seconds.
        """
        if time.monotonic() - self._maps_read >= MAPS_EVERY_S:
            self._mapped = process_tree.mapped_nameless(self.pid, work) * limits.file
            self._maps_read = time.monotonic()
        return self._mapped

    def end(self) -> None:
        """End the process with everything it started. May be called from any thread, and twice."""
        with self._over:
            if self._leash is not None:
                os.close(self._leash)
                self._leash = None
                self._wait(LAST_WORDS_S)
            self._kill_what_is_left()

    def clear(self) -> None:
        """Close the pipes and remove the work folder, after `end`."""
        with self._over:
            if self._closed:
                return
            self._closed = True
        for pipe in (self.stdin, self.stdout, self.stderr, self.channel):
            try:
                pipe.close()
            except (OSError, ValueError):
                continue  # it was already closed, or its data has no reader
        self._clear_work()

    def let_go(self) -> None:
        """End and clear a process that was never used."""
        self.end()
        self.clear()

    def _kill_what_is_left(self) -> None:
        if self.process.poll() in (None, -9) or self.tier_name == "limited":
            process_tree.kill(self.pid, self._mark)
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        if self._group is not None:
            self._group.end()

    def _wait(self, seconds: float) -> None:
        """Wait for the watcher, which ends when it has killed all that it watches.

        On a busy machine that takes long, and killing the watcher would set free what is left. One
        that was itself stopped does nothing any more: it is killed next.
        """
        until = time.monotonic() + SWEEPING_S
        while time.monotonic() < until:
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                if process_tree.frozen(self.pid):
                    return
            else:
                return

    def _await_ready(self) -> None:
        try:
            line = self.channel.readline(1000)
        except (OSError, ValueError):
            line = b""
        process_tree.offer_first(self.pid)
        self._said_ready = b'"ready"' in line
        self._ready.set()

    def _launch(self, work_bytes: int) -> tuple[subprocess.Popen[bytes], BufferedReader]:
        confinement = CONFINEMENTS[self.tier_name]
        read, write = os.pipe()
        held, leash = [write], None
        if confinement.supervised:
            leash, self._leash = os.pipe()
            held.append(leash)
        where = bubblewrap.WORK if self.work is None else str(self.work)
        own = environment(where)
        options, number = _inherit(held, write)
        orders = Orders(
            number,
            leash,
            confinement.landlock(),
            confinement.filter,
            self.work is None,
            bubblewrap.readable() if confinement.filter else [],
            self.kind,
        )
        command = [*interpreter(), str(bubblewrap.INSIDE), json.dumps(asdict(orders))]
        if self.work is None:
            held.append(_to_be_read(bubblewrap.system_calls()))
            options["pass_fds"] = tuple(held)
            command = [*bubblewrap.command(work_bytes, own, held[-1]), *command]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**own, process_tree.MARK: self._mark},
                cwd=self.work or "/",
                **options,
            )
        except OSError:
            os.close(read)
            if self._leash is not None:
                os.close(self._leash)
            raise
        finally:
            for one in held:
                os.close(one)
        return process, os.fdopen(read, "rb")

    def _own_limits(self, limits: Limits) -> dict[str, int]:
        """Return the limits that the process sets on itself before the snippet's first line."""
        own = {"DATA": limits.data, "FSIZE": limits.file, "NOFILE": limits.handles, "CORE": 0}
        own["SIGPENDING"] = 1024  # of the account's limit, from which timers are taken
        own["CPU"] = int(limits.seconds * max(2, os.cpu_count() or 1)) + 1
        if self.tier_name == "isolated-a":
            own["NPROC"] = limits.tasks
        elif sys.platform == "linux" and os.geteuid() != 0:
            own["NPROC"] = limits.tasks + process_tree.tasks_of_account() + OTHERS
        return own

    def _clear_work(self) -> None:
        if self.work is not None and self.work.exists():
            scratch.clear(self.work)


def _pipes(
    process: subprocess.Popen[bytes],
) -> tuple[BufferedWriter, BufferedReader, BufferedReader]:
    """Return the three pipes that `_launch` requested."""
    assert isinstance(process.stdin, BufferedWriter)
    assert isinstance(process.stdout, BufferedReader)
    assert isinstance(process.stderr, BufferedReader)
    return process.stdin, process.stdout, process.stderr


def _to_be_read(data: bytes) -> int:
    """Return a handle that yields these bytes, fewer than a pipe holds, and then ends."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        pipe.write(data)
    return read


def _inherit(held: list[int], channel: int) -> tuple[dict, int]:
    """Return options for Popen, and the number under which the process inside finds its channel."""
    if sys.platform != "win32":
        return {"pass_fds": tuple(held), "start_new_session": True}, channel
    import msvcrt

    handle = msvcrt.get_osfhandle(channel)
    os.set_handle_inheritable(handle, True)
    startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
    return {"startupinfo": startup}, handle
