"""The load that is played against a server: what a tab reads off the wire, and what is refused."""

import random
import time

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui import load
from ui.tab import Tab, Taken


class Socket:
    """Stands for a server: answers each request with the messages that are next."""

    def __init__(self, *answers: list[ForwardMsg]):
        self.asked: list[BackMsg] = []
        self._answers, self._now = list(answers), []

    def send(self, data: bytes) -> None:
        self.asked.append(BackMsg.FromString(data))
        self._now = self._answers.pop(0)

    def recv(self, timeout: float) -> bytes:
        return self._now.pop(0).SerializeToString()


def begun(fragment: str = "") -> ForwardMsg:
    told = ForwardMsg()
    told.new_session.SetInParent()
    if fragment:
        told.metadata.run.fragment_ids.append(fragment)
    return told


def button(key: str, fragment: str = "") -> ForwardMsg:
    told = ForwardMsg()
    told.delta.new_element.button.id = f"$$ID-0123abcd-{key}"
    told.delta.fragment_id = fragment
    return told


def at(page: str) -> ForwardMsg:
    told = ForwardMsg()
    told.navigation.page_script_hash = page
    return told


def over(early: bool = False) -> ForwardMsg:
    told = ForwardMsg()
    kinds = ForwardMsg.ScriptFinishedStatus
    told.script_finished = kinds.FINISHED_EARLY_FOR_RERUN if early else kinds.FINISHED_SUCCESSFULLY
    return told


def repeated(fragment: str) -> ForwardMsg:
    told = ForwardMsg()
    told.auto_rerun.fragment_id, told.auto_rerun.interval = fragment, 0.0
    return told


def test_a_tab_presses_what_it_was_shown_at_the_place_where_it_is():
    moved = ForwardMsg()
    moved.page_info_changed.query_string = "lang=en&items=q"
    socket = Socket(
        [
            begun(),
            button("pick-a_1_x"),
            moved,
            over(early=True),
            begun(),
            at("the-quiz"),
            button("pick_1_y", "card"),
            over(),
        ],
        [begun(), over()],
    )
    taken = Taken()
    tab = Tab(socket, taken, token="secret")
    tab.open("answer", "quiz", items="q")
    assert "token=secret" in socket.asked[0].rerun_script.query_string
    assert list(tab.buttons) == ["pick_1_y"]  # what an earlier pass drew is gone
    assert not tab.press("answer", "sure_8") and tab.press("answer", "pick_1_")
    pressed = socket.asked[1].rerun_script
    assert pressed.widget_states.widgets[0].id == "$$ID-0123abcd-pick_1_y"
    assert pressed.query_string == "lang=en&items=q" and pressed.page_script_hash == "the-quiz"
    assert pressed.fragment_id == "card"
    assert len(taken.seconds["answer"]) == 2


def test_a_part_that_draws_itself_is_followed_until_the_page_is_drawn_without_it():
    socket = Socket(
        [begun(), repeated("f"), button("stop", "f"), over()],
        [begun("f"), button("halt", "f"), over()],
        [begun("f"), over(early=True), begun(), button("run"), over()],
    )
    tab = Tab(socket, Taken())
    tab.open("watch", "lab", run="r")
    assert tab.repeat("watch")
    asked = socket.asked[1].rerun_script
    assert asked.fragment_id == "f" and asked.is_auto_rerun and list(tab.buttons) == ["halt"]
    assert tab.repeat("watch") and list(tab.buttons) == ["run"]
    assert not tab.repeat("watch")


def test_a_runner_opens_the_answer_runs_its_snippet_and_follows_it_to_the_end(monkeypatch):
    socket = Socket(
        [begun(), at("questions"), button("snippet_run", "box"), over()],
        [begun("box"), button("snippet_stop", "box"), repeated("f"), over()],
        [begun("f"), over(early=True), begun(), button("snippet_run", "box"), over()],
    )
    taken, bank = Taken(), load.loading.load()
    part = load.Part(time.monotonic() + 60, 0.0, bank, "", taken)
    turns = iter((True, False))
    monkeypatch.setattr(load.Part, "_thinks", lambda self, mind: next(turns))
    part.runs(Tab(socket, taken), random.Random(0))
    assert "answer=short" in socket.asked[0].rerun_script.query_string
    assert (taken.begun, taken.ran) == (1, 1) and len(taken.seconds["snippet"]) == 2
    assert taken.refusals == [] and taken.errors == []


def test_an_exception_is_an_error_and_a_red_sentence_of_a_page_a_refusal(monkeypatch, capsys):
    failed, refused = ForwardMsg(), ForwardMsg()
    failed.delta.new_element.exception.message = "it broke"
    refused.delta.new_element.alert.format = Alert.ERROR
    refused.delta.new_element.alert.body = "6 is the limit"
    taken, bank = Taken(), load.loading.load()
    turns = iter((True, False))
    monkeypatch.setattr(load.Part, "_thinks", lambda self, mind: next(turns))
    part = load.Part(time.monotonic() + 60, 0.0, bank, "", taken)
    part.reads(Tab(Socket([begun(), failed, refused, over()]), taken), random.Random(0), [])
    assert (taken.errors, taken.refusals) == (["it broke"], ["6 is the limit"])
    load.report(taken, 1, 5 << 20, 9 << 20)
    told = capsys.readouterr().out
    assert "5 MB, then 9 MB" in told and "lost 1" in told and "it broke" in told


@pytest.mark.parametrize("address", ["https://residual.example.org:443", "http://127.0.0.1"])
def test_another_machine_is_never_loaded(address, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["load", address])
    with pytest.raises(SystemExit):
        load.main()
    assert "on this machine alone" in capsys.readouterr().err
