"""Who may edit: by address, proxy, link and login, as a session finds them."""

import pytest
import streamlit as st

from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from ui.shell.visitors import access, login, own
from ui.shell.visitors.launch import TOKEN

LEARNER, TEACHER = Person("p-1", "Ada"), Person("p-2", "Grace", True)


class Session:
    """Stands for what Streamlit knows of a session."""

    def __init__(self, monkeypatch, address="127.0.0.1", headers=(), query=(), person=False):
        """`person`: who is logged in, None for nobody, False where there is no login."""
        monkeypatch.setattr(st, "get_option", lambda name: address)
        self.query = dict(query)
        monkeypatch.setattr(st, "query_params", self.query)
        monkeypatch.setattr(st, "session_state", {})
        monkeypatch.setattr(st, "context", type("C", (), {"headers": dict(headers)}))
        monkeypatch.setattr(login, "configured", lambda: person is not False)
        monkeypatch.setattr(login, "person", lambda: person or None)


@pytest.fixture
def session(monkeypatch):
    monkeypatch.delenv(TOKEN, raising=False)
    return lambda **facts: Session(monkeypatch, **facts)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("unix:///run/residual.sock", True),
        ("", False),
        (None, False),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("residual.example", False),
    ],
)
def test_only_loopback_counts_as_this_machine_alone(session, address, local):
    session(address=address)
    assert access.loopback_only() == local


@pytest.mark.parametrize(
    "name",
    [*sorted(access.FORWARDED), "X-Forwarded-For", "X-Forwarded-Proto", "Via", "Forwarded",
     "CF-Connecting-IP", "CF-Ray", "Tailscale-User-Login", "X-Amzn-Trace-Id"],
)  # fmt: skip
def test_behind_a_proxy_loopback_is_not_this_machine_alone(session, name):
    session(headers={name: "198.51.100.7"})
    assert not access.loopback_only()
    assert not access.server(consent=True).local


def test_without_a_launch_link_one_person_on_loopback_may_edit(session):
    session()
    server = access.server(consent=False)
    assert (server.local, server.locked, server.known) == (True, False, False)


def test_with_a_launch_link_only_its_token_opens(session, monkeypatch):
    monkeypatch.setenv(TOKEN, "right")
    for query in ({}, {"token": ""}, {"token": "wrong"}, {"token": "rightx"}):
        session(query=query)
        assert access.server(consent=True).locked and not access.has_token()
    session(query={"token": "right"})
    assert not access.server(consent=True).locked and access.has_token()


def test_the_token_stays_with_the_session_and_returns_to_its_address(session, monkeypatch):
    monkeypatch.setenv(TOKEN, "right")
    here = session(query={"token": "right"})
    assert access.has_token()
    here.query.clear()
    assert access.has_token()
    assert here.query == {"token": "right"}


def test_where_others_can_reach_a_link_or_a_login_makes_a_session_known(session, monkeypatch):
    session(address="0.0.0.0")
    assert not access.server(consent=True).known
    session(address="0.0.0.0", person=LEARNER)
    assert access.server(consent=True).known
    monkeypatch.setenv(TOKEN, "right")
    session(address="0.0.0.0", query={"token": "right"})
    assert access.server(consent=True).known


def test_an_administrator_switches_editing_off_by_the_environment(session, monkeypatch):
    session()
    assert access.server(consent=True).editing
    monkeypatch.setenv("RESIDUAL_EDITING", "off")
    assert not access.server(consent=True).editing


def test_whom_the_server_is_for_is_no_visitor_and_each_other_session_is_one(session, monkeypatch):
    session(headers={"Host": "127.0.0.1:8501", "Accept-Language": "zh", "User-Agent": "x"})
    assert access.visitor() is None
    session(address="0.0.0.0")
    first = access.visitor()
    assert first and access.visitor() == first
    session(address="0.0.0.0")
    assert access.visitor() not in (None, first)
    session(address="0.0.0.0", person=LEARNER)
    assert access.visitor() is None and access.learner() == "p-1"
    monkeypatch.setenv(TOKEN, "right")
    session()
    assert access.visitor() is not None
    session(query={"token": "right"})
    assert access.visitor() is None


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_login_opens_to_whom_it_knows_alone_wherever_the_server_is_bound(session, address):
    session(address=address, person=None)
    assert access.refusal() and not access.server(consent=True).known
    assert not access.server(consent=True).local  # consent to unisolated code is nobody's to give
    session(address=address, person=LEARNER)
    assert not access.refusal() and access.server(consent=True).known
    assert not access.server(consent=True).local


def test_a_launch_link_opens_nothing_where_there_is_a_login(session, monkeypatch):
    monkeypatch.setenv(TOKEN, "right")
    session(query={"token": "right"}, person=None)
    assert access.refusal() and not access.server(consent=True).known


def test_each_learner_has_a_folder_and_nobody_has_none(session, tmp_path):
    session()
    assert own.home() == tmp_path / "home" and own.owner() == ""
    own.shared()  # alone on a laptop everything is one's own
    session(person=LEARNER)
    assert own.runs() == tmp_path / "home" / "learners" / "p-1" / "runs" and own.owner() == "p-1"
    session(person=None)
    for refused in (own.home, own.runs, own.owner, own.shared):
        with pytest.raises(NotAllowed, match="Log in"):
            refused()


def test_beyond_loopback_without_a_login_nothing_is_anybodys(session):
    session(address="0.0.0.0")
    for refused in (own.home, own.runs, own.owner, own.shared, access.require):
        with pytest.raises(NotAllowed, match="Other computers"):
            refused()


def test_what_all_share_is_the_teachers(session):
    session(person=TEACHER)
    own.shared()
    session(person=LEARNER)
    with pytest.raises(NotAllowed, match="Only a teacher"):
        own.shared()
