"""Measure the sandbox: `python -m study.sandbox.measure`.

Prints the seconds to the first output, the memory of processes that wait, and what a hundred runs
leave behind. Times are wall clock from the request to the first line of output, as a learner waits.
All figures are medians.
"""

import argparse
import gc
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from study import sandbox
from study.sandbox.isolation import scratch, tiers
from study.sandbox.isolation.worker import Worker

SNIPPETS = {
    "plain": "print('hello')",
    "numpy": "import numpy as np\nprint(np.linalg.inv(np.eye(50)).sum())",
    "tf": (
        "import keras, numpy as np\n"
        "model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3),\n"
        "                          keras.layers.Flatten(), keras.layers.Dense(2)])\n"
        "model.compile('sgd', 'mse')\n"
        "model.fit(np.zeros((8, 8, 8, 3)), np.zeros((8, 2)), verbose=0)\n"
        "print('fitted')"
    ),
}
READY_S = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m study.sandbox.measure", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--tiers", nargs="+", default=[t for t in tiers.NAMES if tiers.passed(t)])
    parser.add_argument("--kinds", nargs="+", default=list(SNIPPETS))
    args = parser.parse_args()
    print(
        f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores,",
        end="",
    )
    print(f" median of {args.runs}\n")
    print(
        "| tier | snippet | cold: first output | warm: first output | waiting, RSS | waiting, PSS |"
    )
    print("|---|---|---:|---:|---:|---:|")
    for tier in args.tiers:
        for kind in args.kinds:
            print(_row(tier, kind, args.runs), flush=True)
    print()
    for tier in args.tiers:
        print(_left_by_a_hundred(tier), flush=True)
    return 0


def _row(tier: str, kind: str, runs: int) -> str:
    cold = [_first_output(tier, kind, None) for _ in range(runs)]
    warm, rss, pss = [], [], []
    for _ in range(runs):
        worker = Worker(tier, kind)
        if not worker.wait_ready(READY_S):
            raise SystemExit(f"{tier}: no process got ready for {kind}")
        rss.append(worker.usage()[0])
        pss.append(_proportional(worker.pid))
        warm.append(_first_output(tier, kind, worker))
    times = " | ".join(f"{statistics.median(one) * 1000:.0f} ms" for one in (cold, warm))
    sizes = " | ".join(f"{statistics.median(one) / 1e6:.0f} MB" for one in (rss, pss))
    return f"| {tier} | {kind} | {times} | {sizes} |"


def _first_output(tier: str, kind: str, worker: Worker | None) -> float:
    began = time.perf_counter()
    execution = sandbox.start(SNIPPETS[kind], tier_name=tier, worker=worker)
    for event in execution.events():
        if event.kind in ("stdout", "end"):  # on stderr TensorFlow first reports on itself
            break
    seconds = time.perf_counter() - began
    result = execution.result()
    if result.status != "ok":
        raise SystemExit(f"{tier} {kind}: {result}")
    return seconds


def _proportional(pid: int) -> int:
    """Return bytes of memory, with shared pages split among their users, or 0 if unknown."""
    total = 0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        try:
            total += process.memory_full_info().pss
        except (psutil.Error, AttributeError):
            continue
    return total


def _left_by_a_hundred(tier: str) -> str:
    sandbox.run("print(0)", tier_name=tier)
    before, began = _left(), time.perf_counter()
    for n in range(100):
        sandbox.run("open('f', 'w').write('x')\nprint(1)" if n % 2 else "1 / 0", tier_name=tier)
    took = time.perf_counter() - began
    names = ("folders", "processes", "handles")
    lines = [f"{n} {b} → {a}" for n, b, a in zip(names, before, _left(), strict=True)]
    return f"100 runs in {tier}, {took:.1f} s: {', '.join(lines)}"


def _left() -> tuple[int, int, int]:
    gc.collect()
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(2)
    folders = list(Path(tempfile.gettempdir()).glob(f"{scratch.PREFIX}{os.getpid()}-*"))
    me = psutil.Process()
    if sys.platform == "win32":
        handles = me.num_handles()
    else:
        handles = me.num_fds()
    return len(folders), len(me.children(recursive=True)), handles


if __name__ == "__main__":
    sys.exit(main())
