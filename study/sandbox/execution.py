"""Starts one snippet in a process of its own, watches its limits, collects what it puts out."""

import json
import os
import queue
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from resnet_core.wording import Words
from study.sandbox import output
from study.sandbox.limits import MIB, Limits
from study.sandbox.result import Event, Figure, Result
from study.sandbox.tiers import CHILD, Tier, bubblewrap, environment, interpreter, tier

LOOK_EVERY_S = 0.05
LAST_WORDS_S = 0.5  # a grandchild may hold the pipes open for ever
CHUNK = 1 << 16
MARK = "RESIDUAL_SNIPPET"


def start(code: str, limits: Limits | None = None, *, tier_name: str | None = None) -> "Execution":
    """Raises TierError where the tier named did not pass its probe."""
    return Execution(code, limits or Limits(), tier(tier_name))


def run(code: str, limits: Limits | None = None, *, tier_name: str | None = None) -> Result:
    return start(code, limits, tier_name=tier_name).result()


class Execution:
    """One run. `events()` may be read once, while it runs; `result()` waits for the end."""

    def __init__(self, code: str, limits: Limits, chosen: Tier):
        self.limits, self.tier = limits, chosen
        self._queue: queue.Queue[Event] = queue.Queue()
        self._out, self._err = bytearray(), bytearray()
        self._figures: list[Figure] = []
        self._truncated, self._line = False, None
        self._stopped: Words | None = None
        self._status_if_stopped = "killed"
        self._peak_rss = self._peak_tasks = 0
        self._result: Result | None = None
        self._mark = secrets.token_hex(8)
        self._work = Path(tempfile.mkdtemp(prefix="snippet-"))
        self._began = time.monotonic()
        self._process, channel = self._launch()
        self._readers = [
            self._thread(self._read, self._process.stdout, "stdout", self._out, limits.stdout),
            self._thread(self._read, self._process.stderr, "stderr", self._err, limits.stderr),
            self._thread(self._read_channel, channel),
        ]
        self._feeder = self._thread(self._feed, code)
        self._watcher = self._thread(self._watch)

    def events(self) -> Iterator[Event]:
        """In the order they came; the last is `end`."""
        while True:
            event = self._queue.get()
            yield event
            if event.kind == "end":
                return

    def so_far(self) -> tuple[str, str, tuple[Figure, ...]]:
        """Standard output, standard error and figures up to now."""
        err = output.without_noise(output.clean(bytes(self._err)))
        return output.clean(bytes(self._out)), err, tuple(self._figures)

    @property
    def running(self) -> bool:
        return self._result is None

    def stop(self) -> None:
        """End it now, with everything it started."""
        self._end_by("killed", Words("sandbox.stopped", {}, "Stopped by you."))

    def result(self) -> Result:
        self._watcher.join()
        return self._result

    def _launch(self) -> tuple[subprocess.Popen, object]:
        read, write = os.pipe()
        command = [*interpreter(), str(CHILD), json.dumps(self._own_limits()), str(write)]
        isolated = self.tier.name == "isolated-a"
        if isolated:
            command = [*bubblewrap(self.limits.work), *command]
        options: dict = {"env": {**environment(str(self._work)), MARK: self._mark}}
        if sys.platform == "win32":
            import msvcrt

            os.set_inheritable(write, True)
            handle = msvcrt.get_osfhandle(write)
            os.set_handle_inheritable(handle, True)
            options |= {"close_fds": False}
        else:
            options |= {"pass_fds": (write,), "start_new_session": True}
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/" if isolated else self._work,
            **options,
        )
        os.close(write)
        return process, os.fdopen(read, "rb")

    def _own_limits(self) -> dict[str, int]:
        """Limits that the child sets on itself before the snippet's first line."""
        limits = self.limits
        own = {"DATA": limits.data, "FSIZE": limits.file, "NOFILE": limits.handles, "CORE": 0}
        own["CPU"] = int(limits.seconds * 2) + 1
        if self.tier.name == "isolated-a":
            own["NPROC"] = limits.tasks
        elif sys.platform == "linux" and os.geteuid() != 0:
            own["NPROC"] = limits.tasks + _tasks_of_user()
        return own

    def _feed(self, code: str) -> None:
        try:
            self._process.stdin.write(code.encode("utf-8", "surrogatepass"))
            self._process.stdin.close()
        except OSError:
            return  # it ended before it read its code; the result says how

    def _read(self, pipe, kind: str, kept: bytearray, cap: int) -> None:
        with pipe:
            while data := pipe.read1(CHUNK):
                room = cap - len(kept)
                kept += data[:room]
                self._queue.put(Event(kind, output.clean(data[:room])))
                if len(data) > room:
                    self._truncated = True
                    self._end_by("killed", _over_output(cap))
                    return

    def _read_channel(self, channel) -> None:
        total = 0
        with channel:
            while head := channel.readline(1000):
                try:
                    about = json.loads(head)
                    kind, size = about["kind"], int(about["size"])
                except (ValueError, KeyError, TypeError):
                    return  # forged: whatever follows cannot be told apart
                total += max(size, 0)
                if size < 0 or total > self.limits.figures:
                    self._truncated = True
                    return
                body = channel.read(size)
                if kind == "line" and isinstance(about.get("line"), int):
                    self._line = about["line"]
                elif kind == "figure":
                    self._keep(output.figure(body, self.limits))

    def _keep(self, figure: Figure | None) -> None:
        if figure is None or len(self._figures) >= self.limits.figure_count:
            self._truncated = True
            return
        self._figures.append(figure)
        self._queue.put(Event("figure", figure=figure))

    def _watch(self) -> None:
        while self._process.poll() is None:
            self._look()
            time.sleep(LOOK_EVERY_S)
        seconds = time.monotonic() - self._began
        self._kill()
        for reader in self._readers:
            reader.join(LAST_WORDS_S)
        shutil.rmtree(self._work, ignore_errors=True)
        self._result = self._ended(seconds)
        self._queue.put(Event("end"))

    def _look(self) -> None:
        rss, tasks = _tree(self._process.pid)
        self._peak_rss, self._peak_tasks = max(self._peak_rss, rss), max(self._peak_tasks, tasks)
        if rss > self.limits.memory:
            self._end_by("killed", _over_memory(rss, self.limits.memory))
        elif tasks > self.limits.tasks * 2:
            self._end_by("killed", _over_tasks(tasks, self.limits.tasks))
        elif _size(self._work) > self.limits.work:
            self._end_by("killed", _over_work(self.limits.work))
        elif time.monotonic() - self._began > self.limits.seconds:
            self._end_by("timeout", _over_time(self.limits.seconds))

    def _end_by(self, status: str, reason: Words) -> None:
        if self._stopped is None:
            self._status_if_stopped, self._stopped = status, reason
        self._kill()

    def _kill(self) -> None:
        """The process, its descendants, and whatever else carries this run's mark."""
        for process in [*_descendants(self._process.pid), *_marked(self._mark)]:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _ended(self, seconds: float) -> Result:
        code = self._process.returncode
        status, reason = self._outcome(code)
        return Result(
            status,
            reason,
            code,
            output.clean(bytes(self._out)),
            output.without_noise(output.clean(bytes(self._err))),
            self._truncated,
            tuple(self._figures),
            seconds,
            self.tier.name,
            self._peak_rss,
            self._peak_tasks,
            self._line,
        )

    def _outcome(self, code: int) -> tuple[str, Words | None]:
        if self._stopped is not None:
            return self._status_if_stopped, self._stopped
        signal_number = -code if code < 0 else code - 128 if code > 128 else 0
        if signal_number:
            name = _signal_name(signal_number)
            english = f"Python crashed or was killed (signal {signal_number}, {name})."
            return "killed", Words(
                "sandbox.signal", {"number": signal_number, "name": name}, english
            )
        return ("ok", None) if code == 0 else ("error", None)

    def _thread(self, target, *args) -> threading.Thread:
        thread = threading.Thread(target=target, args=args, daemon=True)
        thread.start()
        return thread


def _tree(pid: int) -> tuple[int, int]:
    """Resident bytes and threads of a process and its descendants."""
    rss = tasks = 0
    for process in _descendants(pid):
        try:
            with process.oneshot():
                rss += process.memory_info().rss
                tasks += process.num_threads()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return rss, tasks


def _descendants(pid: int) -> list[psutil.Process]:
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


def _tasks_of_user() -> int:
    """RLIMIT_NPROC counts every task of the account, not those of the snippet."""
    user = os.geteuid()
    total = 0
    for process in psutil.process_iter(["uids", "num_threads"]):
        uids = process.info["uids"]
        if uids and uids.real == user:
            total += process.info["num_threads"] or 0
    return total


def _size(folder: Path) -> int:
    """Bytes below a folder; what vanishes while it is counted does not count."""
    total, waiting = 0, [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total


def _signal_name(number: int) -> str:
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return "?"


def _over_time(seconds: float) -> Words:
    values = {"seconds": f"{seconds:g}"}
    return Words("sandbox.over_time", values, f"Stopped: the time limit is {seconds:g} s.")


def _over_memory(used: int, limit: int) -> Words:
    values = {"used": f"{used / 1024 / MIB:.1f}", "limit": f"{limit / 1024 / MIB:.1f}"}
    english = f"Stopped: used {values['used']} GB of memory, the limit is {values['limit']} GB."
    return Words("sandbox.over_memory", values, english)


def _over_tasks(tasks: int, limit: int) -> Words:
    english = f"Stopped: {tasks} processes and threads, the limit is {limit}."
    return Words("sandbox.over_tasks", {"tasks": tasks, "limit": limit}, english)


def _over_work(limit: int) -> Words:
    english = f"Stopped: more than {limit // MIB} MB of files."
    return Words("sandbox.over_work", {"limit": limit // MIB}, english)


def _over_output(limit: int) -> Words:
    english = f"Output cut at {limit // 1024} KB, and the snippet stopped."
    return Words("sandbox.over_output", {"limit": limit // 1024}, english)
