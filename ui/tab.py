"""Act as one browser tab of a Streamlit server, over its web socket.

What a browser then draws is not done, and not in the seconds.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60.0
EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


@dataclass
class Taken:
    """Hold what the tabs met; they share it.

    `seconds` has the reruns by kind. Of the snippets, `begun` were started and `ran` seen to their
    end; `answered` are the answers that a page took.
    """

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    answered: int = 0
    begun: int = 0
    ran: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Button:
    """Hold a button's id, and the part of the page that draws itself again when it is pressed."""

    id: str
    fragment: str


class Tab:
    """One browser tab: its place, the buttons it shows, the parts that draw themselves."""

    def __init__(self, socket: ClientConnection, taken: Taken, **always: str):
        self._socket, self._taken, self._always = socket, taken, always
        self._hash = self._query = ""
        self.buttons: dict[str, Button] = {}
        self.repeats: dict[str, float] = {}
        self.red: list[str] = []  # sentences in red: what is refused, and what is wrong

    def open(self, kind: str, page: str, **place: str) -> None:
        """Go to a place of a page, and wait until it is drawn."""
        self._hash, self._query = "", urlencode({**self._always, **place})
        asked = BackMsg()
        asked.rerun_script.page_name = page
        self._rerun(kind, asked)

    def shows(self, begins: str) -> bool:
        """Say whether there is a button whose key begins so."""
        return self._button(begins) is not None

    def press(self, kind: str, begins: str) -> bool:
        """Press the button whose key begins so; return False where there is none."""
        found = self._button(begins)
        if found is None:
            return False
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = found.id, True
        asked.rerun_script.fragment_id = found.fragment
        self._rerun(kind, asked)
        return True

    def repeat(self, kind: str) -> bool:
        """Wait, and draw again what draws itself; return False where nothing does."""
        fragment, interval = next(iter(self.repeats.items()), ("", 0.0))
        if not fragment:
            return False
        time.sleep(interval)
        asked = BackMsg()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = fragment, True
        self._rerun(kind, asked)
        return True

    def _button(self, begins: str) -> Button | None:
        return next((b for key, b in self.buttons.items() if key.startswith(begins)), None)

    def _rerun(self, kind: str, asked: BackMsg) -> None:
        asked.rerun_script.query_string, asked.rerun_script.page_script_hash = (
            self._query,
            self._hash,
        )
        self.red = []
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
        if kind == "new_session":
            self._begun(set(told.metadata.run.fragment_ids))
        elif kind == "auto_rerun":
            self.repeats[told.auto_rerun.fragment_id] = told.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            for fragment in told.stop_auto_rerun.fragment_ids:
                self.repeats.pop(fragment, None)
        elif kind == "navigation":
            self._hash = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "delta":
            self._drawn(told.delta.new_element, told.delta.fragment_id)
        return kind == "script_finished" and told.script_finished != EARLY

    def _begun(self, fragments: set[str]) -> None:
        """Forget what is drawn anew: the named parts, or the whole page."""
        if not fragments:
            self.buttons, self.repeats = {}, {}
        self.buttons = {k: b for k, b in self.buttons.items() if b.fragment not in fragments}

    def _drawn(self, element: Any, fragment: str) -> None:
        if element.HasField("button"):
            key = element.button.id.split("-", 3)[-1]
            self.buttons[key] = Button(element.button.id, fragment)
        elif element.HasField("exception"):
            with self._taken.lock:
                self._taken.errors.append(element.exception.message)
        elif element.HasField("alert") and element.alert.format == Alert.ERROR:
            self.red.append(element.alert.body)


@contextmanager
def tab(address: str, taken: Taken, **always: str) -> Iterator[Tab]:
    """Open a tab at the web socket of a server. `always` is in every address."""
    with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        yield Tab(socket, taken, **always)
