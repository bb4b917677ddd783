"""The link that `python -m ui` prints opens what Streamlit serves."""

import socket

import pytest

from ui.__main__ import hosts, link


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ([], "http://127.0.0.1:8501/"),
        (["--server.port=9000"], "http://127.0.0.1:9000/"),
        (["--server.port", "9000"], "http://127.0.0.1:9000/"),
        (["--server.address", "0.0.0.0"], "http://127.0.0.1:8501/"),
        (["--server.address=192.0.2.7", "--server.port=1"], "http://192.0.2.7:1/"),
        (["--server.address=::1"], "http://[::1]:8501/"),
    ],
)
def test_the_link_names_the_address_and_port(arguments, start):
    assert link(arguments, "abc") == f"{start}?token=abc"


def test_the_environment_is_asked_where_no_option_is(monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "8600")
    assert link([], "abc") == "http://127.0.0.1:8600/?token=abc"
    assert link(["--server.port=1"], "abc") == "http://127.0.0.1:1/?token=abc"


def test_where_others_can_reach_it_the_names_of_this_machine_are_let_in(monkeypatch):
    monkeypatch.delenv("STREAMLIT_SERVER_ALLOWED_HOSTS", raising=False)
    told = hosts(["--server.address=0.0.0.0"])
    assert "--server.allowedHosts=127.0.0.1" in told
    assert f"--server.allowedHosts={socket.gethostname()}" in told
    assert hosts(["--server.address=192.0.2.7"])[:2] == [
        "--server.allowedHosts=127.0.0.1",
        "--server.allowedHosts=192.0.2.7",
    ]


def test_what_a_person_chose_stays_and_one_machine_alone_needs_no_names():
    assert hosts([]) == hosts(["--server.address=127.0.0.1"]) == []
    assert hosts(["--server.address=0.0.0.0", "--server.allowedHosts=residual.example"]) == []
