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
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent
THINK_S = 1.0
STARTED_STEPS = 5
LOOK_EVERY_S = 0.2
PATIENCE_S = 60


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
            for state, busy in (("idle", _nothing), ("two arms train", _training)):
                with busy():
                    for sessions in args.sessions:
                        _row(state, _times(address, ids, sessions, args.reruns), sessions)
    return 0


def _copied(folder: Path, count: int) -> list[str]:
    """Copy the app with `count` questions and return their ids."""
    for part in (
        "app.py",
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
    mind = random.Random(seed)
    language = mind.choice(("zh", "en"))
    seconds = []
    with connect(address, subprotocols=["streamlit"], max_size=None) as browser:
        for _ in range(reruns + 1):
            time.sleep(THINK_S * mind.random() * 2)
            asked = BackMsg()
            asked.rerun_script.query_string = f"lang={language}&q={mind.choice(ids)}"
            asked.rerun_script.page_name = "questions"
            began = time.perf_counter()
            browser.send(asked.SerializeToString())
            _wait_for_end(browser)
            seconds.append(time.perf_counter() - began)
    return seconds[1:]


def _wait_for_end(browser) -> None:
    while True:
        told = ForwardMsg()
        told.ParseFromString(browser.recv(timeout=PATIENCE_S))
        if told.WhichOneof("type") == "script_finished":
            return


@contextmanager
def _nothing():
    yield


def start_long_demonstration():
    """Start the demonstration for 100,000 steps on the data of this machine, and return its run."""
    from base.messages import UserError
    from resnet_core import jobs
    from resnet_core.data import cifar
    from resnet_core.experiment.presets import DEMONSTRATION, PRESETS

    preset = PRESETS[DEMONSTRATION]
    try:
        cifar.find("cifar10")
    except UserError:
        preset = replace(preset, dataset="synthetic")
    return jobs.start(replace(preset, train=replace(preset.train, steps=100_000)))


@contextmanager
def _training():
    """Train the demonstration while something else is measured."""
    from resnet_core import jobs, runs

    run = start_long_demonstration()
    try:
        while runs.history(run.folder).step < STARTED_STEPS:
            time.sleep(LOOK_EVERY_S)
        yield
    finally:
        jobs.shutdown()
        while jobs.reap():
            time.sleep(LOOK_EVERY_S)


def _row(state: str, seconds: list[float], sessions: int) -> None:
    p95 = quantiles(seconds, n=20)[-1]
    print(
        f"| {state} | {sessions} | {1000 * median(seconds):.0f} ms | {1000 * p95:.0f} ms "
        f"| {len(seconds)} |",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
