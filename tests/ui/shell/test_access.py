"""Who may edit: by address, proxy, link and login, as a session finds them."""

import pytest
import streamlit as st

from ui.shell import access
from ui.shell.launch import TOKEN


class Session:
    """Stands for what Streamlit knows of a session."""

    def __init__(self, monkeypatch, address="127.0.0.1", headers=(), query=(), logged_in=False):
        monkeypatch.setattr(st, "get_option", lambda name: address)
        self.query = dict(query)
        monkeypatch.setattr(st, "query_params", self.query)
        monkeypatch.setattr(st, "session_state", {})
        monkeypatch.setattr(st, "context", type("C", (), {"headers": dict(headers)}))
        monkeypatch.setattr(st, "user", type("U", (), {"is_logged_in": logged_in}))


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
    session(address="0.0.0.0", logged_in=True)
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
    session(address="0.0.0.0", logged_in=True)
    assert access.visitor() is None
    monkeypatch.setenv(TOKEN, "right")
    session()
    assert access.visitor() is not None
    session(query={"token": "right"})
    assert access.visitor() is None
