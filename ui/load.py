"""Play a class against a running server, and print what it took: `python -m ui.load ADDRESS`.

Some sessions read and answer, some watch a run, some run snippets, for a bounded time. They speak
to the server as a browser does, over its web socket; what a browser then draws is not in the
figures. The server is one on this machine without a login, whose folders are those of this process
(RESIDUAL_HOME, RESIDUAL_DATABASE): so a run can be started for the watchers, and the answers that a
page took can be looked for in the log. Each item is answered once, so no session waits for another.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from statistics import median, quantiles
from urllib.parse import urlsplit

import psutil
from websockets.exceptions import WebSocketException

from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.data import cifar
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from study.bank import loading
from study.bank.question import Bank
from study.reviews.storage.store import Store
from ui.tab import Tab, Taken, tab

THINK_S = 8.0  # on average, between two pages of a reader or two runs of a snippet
ANSWER_EVERY = 3  # pages
LOOK_EVERY_S, STARTED_STEPS, LONG = 0.5, 5, 100_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")
Opened = Callable[[Taken], AbstractContextManager[Tab]]
KINDS = ("read", "answer", "watch", "snippet")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.load", description=__doc__)
    parser.add_argument("address", help="such as http://127.0.0.1:8501")
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--watchers", type=int, default=30)
    parser.add_argument("--runners", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=THINK_S, help="seconds between two pages")
    parser.add_argument("--train", action="store_true", help="train even if nobody watches")
    parser.add_argument("--token", default="", help="of the link that python -m ui printed")
    args = parser.parse_args()
    where = urlsplit(args.address)
    if where.hostname not in LOOPBACK or where.port is None:
        parser.error("this plays a class on this machine alone: give http://127.0.0.1:PORT")
    server = serving(where.port)
    if server is None:
        parser.error(f"no process of yours listens on port {where.port}")
    always = {"lang": "en", **({"token": args.token} if args.token else {})}
    opened = partial(tab, f"ws://{where.netloc}/_stcore/stream", **always)
    taken, store, bank = Taken(), Store(), loading.load()
    before = len(store.rows("local", "review"))
    with training() if args.watchers or args.train else nullcontext("") as run_id:
        memory = _warmed(opened, bank, server, run_id)
        until = time.monotonic() + 60 * args.minutes
        part = Part(until, args.think, bank, run_id, taken)
        _play(opened, part, args.readers, args.watchers, args.runners)
    lost = taken.answered - (len(store.rows("local", "review")) - before)
    store.close()
    report(taken, lost, memory, server.memory_info().rss)
    return 1 if taken.errors or lost else 0


def serving(port: int) -> psutil.Process | None:
    """Return the process of this machine that listens on a port, or None."""
    for one in psutil.net_connections("tcp"):
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port and one.pid:
            return psutil.Process(one.pid)
    return None


def report(taken: Taken, lost: int, memory: int, later: int) -> None:
    """Print the table of reruns, and what stands beside it."""
    print("| reruns | count | p50 | p95 |\n|---|---:|---:|---:|")
    for kind in KINDS:
        times = taken.seconds.get(kind, [])
        if len(times) > 1:
            p95 = quantiles(times, n=20)[-1]
            print(
                f"| {kind} | {len(times)} | {1000 * median(times):.0f} ms | {1000 * p95:.0f} ms |"
            )
    print(f"\nserver's memory {memory >> 20} MB, then {later >> 20} MB")
    print(f"snippets begun {taken.begun}, seen to their end {taken.ran}")
    print(f"answers taken {taken.answered}, lost {lost}")
    for name, texts in (("refusals", taken.refusals), ("errors", taken.errors)):
        print(f"{name} {len(texts)}")
        for text in sorted(set(texts))[:10]:
            print(f"  {text}")


@contextmanager
def training() -> Iterator[str]:
    """Train the demonstration on the data of this machine meanwhile, and yield its run's id.

    Raises UserError if it does not begin.
    """
    preset = PRESETS[DEMONSTRATION]
    try:
        cifar.find("cifar10")
    except UserError:
        preset = replace(preset, dataset="synthetic")
    run = jobs.start(replace(preset, train=replace(preset.train, steps=LONG)))
    try:
        while runs.history(run.folder).step < STARTED_STEPS:
            status = runs.status(run.folder)
            if status.reason:
                raise UserError(status.reason)
            time.sleep(LOOK_EVERY_S)
        yield run.id
    finally:
        jobs.shutdown()
        while jobs.reap():
            time.sleep(LOOK_EVERY_S)


@dataclass(frozen=True)
class Part:
    """What a session plays, until a moment of the monotonic clock."""

    until: float
    think: float
    bank: Bank
    run_id: str
    taken: Taken

    def reads(self, tab: Tab, mind: random.Random, own: list[str]) -> None:
        """Read questions; after every few answer an item of one's own, while there are any."""
        left, page, questions = list(own), 0, [one.id for one in self.bank.questions]
        while self._thinks(mind):
            page += 1
            if page % ANSWER_EVERY or not left:
                tab.open("read", "questions", q=mind.choice(questions))
                self._refused(tab.red)
                continue
            tab.open("answer", "quiz", items=left.pop())
            tab.press("answer", "pick_1_")
            if tab.press("answer", "sure_8") and any(
                k.startswith("quiz_next") for k in tab.buttons
            ):
                with self.taken.lock:
                    self.taken.answered += 1

    def watches(self, tab: Tab, mind: random.Random) -> None:
        """Look at a run, as often as its page asks for it."""
        while time.monotonic() < self.until:
            if not tab.repeat("watch"):
                tab.open("watch", "lab", run=self.run_id)
                self._refused(tab.red)
                time.sleep(mind.random())

    def runs(self, tab: Tab, mind: random.Random) -> None:
        """Run a question's snippet and follow it to its end."""
        questions = [one.id for one in self.bank.questions if one.snippet]
        while self._thinks(mind):
            tab.open("read", "questions", q=mind.choice(questions), answer="short")
            if not tab.press("snippet", "snippet_run"):
                self._refused(tab.red or ["a page has no snippet to run"])
                continue
            self._refused(tab.red)
            with self.taken.lock:
                self.taken.begun += 1
            while tab.repeat("snippet"):
                pass
            with self.taken.lock:
                self.taken.ran += tab.shows("snippet_run")

    def _refused(self, sentences: list[str]) -> None:
        with self.taken.lock:
            self.taken.refusals += sentences

    def _thinks(self, mind: random.Random) -> bool:
        """Wait as a person does; return whether there is time for another page."""
        left = self.until - time.monotonic()
        time.sleep(min(max(0.0, left), self.think * 2 * mind.random()))
        return time.monotonic() < self.until


def _warmed(opened: Opened, bank: Bank, server: psutil.Process, run_id: str) -> int:
    """Visit what will be visited once, so that it is imported. Return the server's memory then."""
    with opened(Taken()) as first:
        first.open("read", "questions", q=bank.questions[0].id, answer="short")
        first.open("answer", "quiz", items=bank.items[0].id)
        if run_id:
            first.open("watch", "lab", run=run_id)
    return int(server.memory_info().rss)


def _play(opened: Opened, part: Part, readers: int, watchers: int, runners: int) -> None:
    """Let every session go on until the time is over."""
    items = [item.id for item in part.bank.items if item.form == "choice"]
    parts = [partial(part.reads, own=items[number::readers]) for number in range(readers)]
    parts += [part.watches] * watchers + [part.runs] * runners

    def session(plays: Callable[[Tab, random.Random], None], seed: int) -> None:
        try:
            with opened(part.taken) as made:
                plays(made, random.Random(seed))
        except (OSError, TimeoutError, WebSocketException) as error:  # the server broke it off
            with part.taken.lock:
                part.taken.errors.append(f"{type(error).__name__}: {error}")

    with ThreadPoolExecutor(max(1, len(parts))) as pool:
        list(pool.map(session, parts, range(len(parts))))


if __name__ == "__main__":
    sys.exit(main())
