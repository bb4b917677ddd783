"""The load that is played against a server: what a tab reads off the wire, and what is refused."""

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui import load


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


def button(key: str) -> ForwardMsg:
    told = ForwardMsg()
    told.delta.new_element.button.id = f"$$ID-0123abcd-{key}"
    return told


def over(early: bool = False) -> ForwardMsg:
    told = ForwardMsg()
    kinds = ForwardMsg.ScriptFinishedStatus
    told.script_finished = kinds.FINISHED_EARLY_FOR_RERUN if early else kinds.FINISHED_SUCCESSFULLY
    return told


def repeated(fragment: str) -> ForwardMsg:
    told = ForwardMsg()
    told.auto_rerun.fragment_id, told.auto_rerun.interval = fragment, 2.0
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
            button("pick_1_y"),
            over(),
        ],
        [begun(), over()],
    )
    taken = load.Taken()
    tab = load.Tab(socket, taken, "secret")
    tab.open("answer", "quiz", items="q")
    assert "token=secret" in socket.asked[0].rerun_script.query_string
    assert list(tab.buttons) == ["pick_1_y"]  # what an earlier pass drew is gone
    assert not tab.press("answer", "sure_8") and tab.press("answer", "pick_1_")
    pressed = socket.asked[1].rerun_script
    assert pressed.widget_states.widgets[0].id == "$$ID-0123abcd-pick_1_y"
    assert pressed.query_string == "lang=en&items=q" and pressed.page_name == "quiz"
    assert len(taken.seconds["answer"]) == 2


def test_a_part_that_draws_itself_is_followed_until_the_page_is_drawn_without_it():
    socket = Socket(
        [begun(), repeated("f"), button("stop"), over()],
        [begun("f"), over()],
        [begun("f"), over(early=True), begun(), button("run"), over()],
    )
    tab = load.Tab(socket, load.Taken(), "")
    tab.open("watch", "lab", run="r")
    assert tab.repeats == {"f": 2.0}
    tab.repeat("watch", "f")
    assert socket.asked[1].rerun_script.fragment_id == "f" and list(tab.buttons) == ["stop"]
    tab.repeat("watch", "f")
    assert tab.repeats == {} and list(tab.buttons) == ["run"]


def test_an_exception_is_an_error_and_a_red_sentence_a_refusal(capsys):
    failed, refused = ForwardMsg(), ForwardMsg()
    failed.delta.new_element.exception.message = "it broke"
    refused.delta.new_element.alert.format = Alert.ERROR
    refused.delta.new_element.alert.body = "6 is the limit"
    taken = load.Taken()
    load.Tab(Socket([begun(), failed, refused, over()]), taken, "").open("read", "home")
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
