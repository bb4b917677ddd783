"""Run many snippets with one import of TensorFlow and NumPy, the longest part of most of them.

They share a process in the sandbox and see nothing of each other, because each has a fork of its
own (`forks.py`).
"""

import json
import sys
from pathlib import Path

from study import sandbox
from study.check import forks
from study.sandbox import imports
from study.sandbox.limits import MIB
from study.sandbox.running import output

IMPORTED = {"plain": [], "numpy": ["numpy"], "tf": ["numpy", "tensorflow", "keras"]}
WAITING = 1024 * MIB  # resident bytes of the process that forks, which come on top of the snippet's


def may_share(code: str) -> bool:
    """Return whether the code runs the same in a fork, after its libraries have been imported."""
    return sys.platform == "linux" and imports.may_be_warm(code)


def run(codes: list[str], limits: sandbox.Limits) -> dict[str, sandbox.Result]:
    """Return the results of the codes that ended by themselves.

    What is missing ran too long, was killed, or came after something that ended the process. It has
    to be run alone.
    """
    needed = [name for kind in {imports.kind(code) for code in codes} for name in IMPORTED[kind]]
    call = f"\nmain({codes!r}, {sorted(set(needed))!r}, {limits.seconds!r})\n"
    whole = sandbox.Limits(
        seconds=60.0 + limits.seconds * len(codes), memory=limits.memory + WAITING
    )
    shared = sandbox.run(Path(forks.__file__).read_text("utf-8") + call, whole)
    told = [json.loads(line) for line in shared.stdout.splitlines() if line.startswith("{")]
    ended = zip(codes, told, strict=False)
    return {code: _result(one, shared) for code, one in ended if one["exit_code"] is not None}


def _result(told: dict, shared: sandbox.Result) -> sandbox.Result:
    return sandbox.Result(
        status="error" if told["exit_code"] else "ok",
        reason=None,
        exit_code=told["exit_code"],
        stdout=output.clean(told["stdout"].encode()),
        stderr=output.clean(told["stderr"].encode()),
        truncated=False,
        figures=(),
        seconds=told["seconds"],
        tier=shared.tier,
        peak_rss_bytes=shared.peak_rss_bytes,
        peak_tasks=shared.peak_tasks,
        warm=True,
    )
