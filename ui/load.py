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
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

import psutil
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from resnet_core import jobs, runs
from study.bank import loading
from study.reviews.storage.store import Store
from ui.measure import start_long_demonstration

THINK_S = 8.0  # on average, between two pages of a reader or two runs of a snippet
PATIENCE_S = 60.0
ANSWER_EVERY = 3  # pages
LOOPBACK = ("localhost", "127.0.0.1", "::1")
KINDS = ("read", "answer", "watch", "snippet")


@dataclass
class Taken:
    """Hold what the sessions met; they share it."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    answered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Tab:
    """One browser tab: its place, the buttons it shows, the parts that draw themselves."""

    def __init__(self, socket: ClientConnection, taken: Taken, token: str):
        self._socket, self._taken = socket, taken
        self._always = {"lang": "en", **({"token": token} if token else {})}
        self._page = self._query = ""
        self.buttons: dict[str, str] = {}
        self.repeats: dict[str, float] = {}

    def open(self, kind: str, page: str, **place: str) -> None:
        """Go to a place of a page, and wait until it is drawn."""
        self._page, self._query = page, urlencode({**self._always, **place})
        self._rerun(kind)

    def press(self, kind: str, begins: str) -> bool:
        """Press the button whose key begins so; return False where there is none."""
        found = next((id for key, id in self.buttons.items() if key.startswith(begins)), None)
        if found is not None:
            self._rerun(kind, pressed=found)
        return found is not None

    def repeat(self, kind: str, fragment: str) -> None:
        """Draw again what draws itself, as the browser asks for it."""
        self._rerun(kind, fragment=fragment)

    def _rerun(self, kind: str, pressed: str = "", fragment: str = "") -> None:
        asked = BackMsg()
        rerun = asked.rerun_script
        rerun.query_string, rerun.page_name = self._query, self._page
        if pressed:
            state = rerun.widget_states.widgets.add()
            state.id, state.trigger_value = pressed, True
        if fragment:
            rerun.fragment_id, rerun.is_auto_rerun = fragment, True
        began = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        while not self._finished():
            pass
        with self._taken.lock:
            self._taken.seconds[kind].append(time.perf_counter() - began)

    def _finished(self) -> bool:
        """Take one message in; return whether the page is drawn."""
        told = ForwardMsg()
        told.ParseFromString(self._socket.recv(timeout=PATIENCE_S))
        kind = told.WhichOneof("type")
        if kind == "new_session" and not told.metadata.run.fragment_ids:
            self.buttons, self.repeats = {}, {}  # the whole page is drawn anew
        elif kind == "auto_rerun":
            self.repeats[told.auto_rerun.fragment_id] = told.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            for fragment in told.stop_auto_rerun.fragment_ids:
                self.repeats.pop(fragment, None)
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "delta":
            self._drawn(told.delta.new_element)
        early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and told.script_finished != early

    def _drawn(self, element) -> None:
        if element.HasField("button"):
            key = element.button.id.split("-", 3)[-1]
            self.buttons[key] = element.button.id
        elif element.HasField("exception"):
            with self._taken.lock:
                self._taken.errors.append(element.exception.message)
        elif element.HasField("alert") and element.alert.format == Alert.ERROR:
            with self._taken.lock:
                self._taken.refusals.append(element.alert.body)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.load", description=__doc__)
    parser.add_argument("address", help="such as http://127.0.0.1:8501")
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--watchers", type=int, default=30)
    parser.add_argument("--runners", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--think", type=float, default=THINK_S, help="seconds between two pages")
    parser.add_argument("--token", default="", help="of the link that python -m ui printed")
    args = parser.parse_args()
    where = urlsplit(args.address)
    if where.hostname not in LOOPBACK or where.port is None:
        parser.error("this plays a class on this machine alone: give http://127.0.0.1:PORT")
    server = serving(where.port)
    if server is None:
        parser.error(f"no process of yours listens on port {where.port}")
    taken, store = Taken(), Store()
    before, memory = len(store.rows("local", "review")), server.memory_info().rss
    with _run(args.watchers > 0) as run_id:
        _play(args, f"ws://{where.netloc}/_stcore/stream", run_id, taken)
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
    print(f"answers taken {taken.answered}, lost {lost}")
    print(f"refusals {len(taken.refusals)}, errors {len(taken.errors)}")
    for text in sorted(set(taken.errors))[:10]:
        print(f"  {text}")


def _play(args: argparse.Namespace, address: str, run_id: str, taken: Taken) -> None:
    """Let every session go on until the time is over."""
    until = time.monotonic() + args.seconds
    bank = loading.load()
    items = [item.id for item in bank.items if item.form == "choice"]
    questions = [question.id for question in bank.questions]
    with_code = [question.id for question in bank.questions if question.snippet]
    parts: list[Callable[[Tab, random.Random], None]] = []
    for number in range(args.readers):
        own = items[number :: args.readers]
        parts.append(
            lambda tab, mind, own=own: _reads(tab, mind, until, args.think, questions, own, taken)
        )
    parts += [lambda tab, mind: _watches(tab, until, run_id)] * args.watchers
    parts += [lambda tab, mind: _runs(tab, mind, until, args.think, with_code)] * args.runners
    with ThreadPoolExecutor(max(1, len(parts))) as pool:
        session = partial(_session, address, args.token, taken)
        list(pool.map(session, parts, range(len(parts))))


def _session(
    address: str, token: str, taken: Taken, part: Callable[[Tab, random.Random], None], seed: int
) -> None:
    """Hold one tab open; what breaks it is an error of the server."""
    try:
        with connect(address, subprotocols=["streamlit"], max_size=None) as socket:
            part(Tab(socket, taken, token), random.Random(seed))
    except (OSError, TimeoutError, WebSocketException) as error:
        with taken.lock:
            taken.errors.append(f"{type(error).__name__}: {error}")


def _reads(
    tab: Tab,
    mind: random.Random,
    until: float,
    think: float,
    questions: list[str],
    own: list[str],
    taken: Taken,
) -> None:
    """Read questions; after every few answer an item of one's own, while there are any."""
    left, page = list(own), 0
    while _thinks(mind, until, think):
        page += 1
        if page % ANSWER_EVERY or not left:
            tab.open("read", "questions", q=mind.choice(questions))
            continue
        tab.open("answer", "quiz", items=left.pop())
        tab.press("answer", "pick_1_")
        if tab.press("answer", "sure_8") and any(k.startswith("quiz_next") for k in tab.buttons):
            with taken.lock:
                taken.answered += 1


def _watches(tab: Tab, until: float, run_id: str) -> None:
    """Look at a run, as often as its page asks for it."""
    tab.open("watch", "lab", run=run_id)
    while time.monotonic() < until:
        if not tab.repeats:
            tab.open("watch", "lab", run=run_id)
        fragment, interval = next(iter(tab.repeats.items()), ("", 1.0))
        time.sleep(interval)
        if fragment:
            tab.repeat("watch", fragment)


def _runs(tab: Tab, mind: random.Random, until: float, think: float, questions: list[str]) -> None:
    """Run a question's snippet and follow it to its end."""
    while _thinks(mind, until, think):
        tab.open("read", "questions", q=mind.choice(questions))
        tab.press("snippet", "snippet_run")
        while tab.repeats and time.monotonic() < until:
            fragment, interval = next(iter(tab.repeats.items()))
            time.sleep(interval)
            tab.repeat("snippet", fragment)


def _thinks(mind: random.Random, until: float, think: float) -> bool:
    """Wait as a person does; return whether there is time for another page."""
    time.sleep(min(max(0.0, until - time.monotonic()), think * 2 * mind.random()))
    return time.monotonic() < until


@contextmanager
def _run(wanted: bool) -> Iterator[str]:
    """Train something for the watchers, on the data of this machine."""
    if not wanted:
        yield ""
        return
    run = start_long_demonstration()
    try:
        while not runs.history(run.folder).of("step"):
            time.sleep(0.5)
        yield run.id
    finally:
        jobs.stop(run.folder)


if __name__ == "__main__":
    sys.exit(main())
