"""Run many snippets, one after the other, in forks of a process that has imported their libraries.

This file is sent into the sandbox as a snippet, with a call of `main` at its end, and imports
nothing of the project. A fork of a TensorFlow that has computed something hangs. Nothing is
computed here, and importing leaves only threads behind whose libraries take care of forks.
"""

import importlib.abc
import json
import linecache
import os
import selectors
import signal
import sys
import time
import traceback
import types

FILE = "snippet.py"
MOST = 1 << 20  # bytes of one output; the sandbox has the same limit for a snippet
TOLD, LAST_WORDS = 6_000, 1_000  # characters; the sandbox cuts lines above ten thousand bytes


def main(codes: list[str], modules: list[str], seconds: float) -> None:
    """Import the modules, run each code, and print one line of JSON for each."""
    for name in modules:
        importlib.import_module(name)
    for code in codes:
        print(json.dumps(_forked(code, seconds)), flush=True)


def _forked(code: str, seconds: float) -> dict:
    """Run code in a fork and return its exit status, its outputs and its duration in seconds.

    The status is None if it did not end by itself or printed too much.
    """
    pipes = [os.pipe(), os.pipe()]
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        for number, (_, write) in enumerate(pipes, start=1):
            os.dup2(write, number)
        os._exit(_status(code))
    for _, write in pipes:
        os.close(write)
    said = _read([read for read, _ in pipes], began + seconds)
    if said is None:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    out, err = (text.decode("utf-8", "replace") for text in said or (b"", b""))
    told = os.WIFEXITED(status) and len(json.dumps(out)) < TOLD
    return {
        "exit_code": os.WEXITSTATUS(status) if told else None,
        "stdout": out if told else "",
        "stderr": err[-LAST_WORDS:],
        "seconds": time.monotonic() - began,
    }


def _read(pipes: list[int], until: float) -> list[bytes] | None:
    """Read all pipes to their ends. Return None if that takes too long or is too much."""
    said = {pipe: b"" for pipe in pipes}
    late = False
    with selectors.DefaultSelector() as ready:
        for pipe in pipes:
            ready.register(pipe, selectors.EVENT_READ)
        while ready.get_map() and not late:
            for key, _ in ready.select(until - time.monotonic()):
                more = os.read(key.fd, 1 << 16)
                said[key.fd] += more
                if not more:
                    ready.unregister(key.fd)
            late = time.monotonic() >= until or max(map(len, said.values())) > MOST
    for pipe in pipes:
        os.close(pipe)
    return None if late else list(said.values())


class _Source(importlib.abc.InspectLoader):
    """Let AutoGraph read the lines of this code, and not those of the file that forked."""

    def __init__(self, code: str):
        self._code = code

    def get_source(self, fullname: str) -> str:
        return self._code


def _status(code: str) -> int:
    """Run code as `__main__` and return its exit status."""
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()  # a fork would repeat the numbers of the others
    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    module = types.ModuleType("__main__")
    module.__file__, module.__loader__ = FILE, _Source(code)
    own = sys.modules["__main__"]  # multiprocessing has a second name for it
    sys.modules.update({name: module for name, one in [*sys.modules.items()] if one is own})
    status = 0
    try:
        exec(compile(code, FILE, "exec"), module.__dict__)
    except SystemExit as leaving:
        whole = leaving.code is None or isinstance(leaving.code, int)
        status = int(leaving.code or 0) & 0xFF if whole else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status
