"""Measure how long the server works on a rerun of a page, when idle and while it trains.

Run `python -m ui.measure`. Simulated learners read: each opens a question, waits as people do, and
opens another. They talk to the real server as a browser does, over its web socket; the time that a
browser takes to draw is not included. The bank has as many questions as `--questions` says, by
copies under other ids.
"""

import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from ui.load import training
from ui.tab import Taken, tab

ROOT = Path(__file__).resolve().parent.parent
THINK_S = 1.0
LOOK_EVERY_S = 0.2


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.measure", description=__doc__)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--reruns", type=int, default=20, help="of each session")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="residual-measure-") as work:
        os.environ["RESIDUAL_HOME"] = str(Path(work) / "home")
        ids = _copied(Path(work) / "app", args.questions)
        print(f"{args.questions} questions, {os.cpu_count()} cores\n")
        print("| the machine | sessions | median | p95 | reruns |\n|---|---:|---:|---:|---:|")
        with _server(Path(work) / "app") as address:
            _read(address, ids, 3, 0)  # the first visit imports what pages need
            for state, busy in (("idle", nullcontext), ("two arms train", training)):
                with busy():
                    for sessions in args.sessions:
                        _row(state, _times(address, ids, sessions, args.reruns), sessions)
    return 0


def _copied(folder: Path, count: int) -> list[str]:
    """Copy the app with `count` questions and return their ids."""
    for part in (
        "app.py",
        "pyproject.toml",
        ".streamlit",
        "locales",
        "pages",
        "questions",
        "base",
        "resnet_core",
        "study",
        "ui",
    ):
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        folder.mkdir(exist_ok=True)
        copy(source, folder / part)
    questions = [path.parent for path in sorted(folder.glob("questions/*/*/question.toml"))]
    copies = [questions[n % len(questions)] for n in range(count - len(questions))]
    for number, source in enumerate(copies):
        shutil.copytree(source, source.with_name(f"{source.name}-{number}"))
    return [path.parent.name for path in folder.glob("questions/*/*/question.toml")]


@contextmanager
def _server(folder: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        health = f"http://127.0.0.1:{port}/_stcore/health"
        while not _answers(health):
            if child.poll() is not None:
                raise RuntimeError(f"the app ended with exit status {child.returncode}")
            time.sleep(LOOK_EVERY_S)
        yield f"ws://127.0.0.1:{port}/_stcore/stream"
    finally:
        child.terminate()
        child.wait()


def _answers(health: str) -> bool:
    try:
        with urllib.request.urlopen(health, timeout=1) as answer:
            return answer.read() == b"ok"
    except OSError:
        return False  # not up yet


def _times(address: str, ids: list[str], sessions: int, reruns: int) -> list[float]:
    with ThreadPoolExecutor(sessions) as pool:
        read = partial(_read, address, ids, reruns)
        return [seconds for each in pool.map(read, range(sessions)) for seconds in each]


def _read(address: str, ids: list[str], reruns: int, seed: int) -> list[float]:
    """Return the seconds of each rerun of one session."""
    mind, taken = random.Random(seed), Taken()
    with tab(address, taken, lang=mind.choice(("zh", "en"))) as reader:
        for _ in range(reruns + 1):
            time.sleep(THINK_S * mind.random() * 2)
            reader.open("read", "questions", q=mind.choice(ids))
    if taken.errors:
        raise RuntimeError(f"a page failed: {taken.errors[0]}")
    return taken.seconds["read"][1:]


def _row(state: str, seconds: list[float], sessions: int) -> None:
    p95 = quantiles(seconds, n=20)[-1]
    print(
        f"| {state} | {sessions} | {1000 * median(seconds):.0f} ms | {1000 * p95:.0f} ms "
        f"| {len(seconds)} |",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
