"""What every answer passes: the headers, who may connect, and the line of the log."""

import json
import logging

import pytest

import app
from tests.ui.shell.own_loop import run
from ui.shell import logs
from ui.shell.headers import HEADERS, MIDDLEWARE


def answered(kind: str) -> dict[bytes, bytes]:
    """Headers of what an app behind the middleware answers."""
    sent: list[dict] = []

    async def inner(scope, receive, send):
        start = "http.response.start" if kind == "http" else "websocket.accept"
        await send({"type": start, "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})

    async def keep(message):
        sent.append(message)

    run(MIDDLEWARE[-1].cls(inner)({"type": kind}, None, keep))
    return dict(sent[0]["headers"])


def test_every_answer_carries_them_once_and_a_socket_is_left_alone():
    headers = answered("http")
    for name, value in HEADERS.items():
        assert headers[name.lower().encode()] == value.encode()
    assert answered("websocket") == {b"x-frame-options": b"ALLOWALL"}


def test_the_app_has_them_and_no_policy_names_another_host():
    assert all(one in app.app._user_middleware for one in MIDDLEWARE)
    assert "http" not in HEADERS["Content-Security-Policy"]


def reached(kind: str, client: str | None) -> list[dict]:
    """What a client gets of an app behind the middleware that looks at who connects."""
    sent: list[dict] = []

    async def inner(scope, receive, send):
        await send({"type": "inner"})

    async def keep(message):
        sent.append(message)

    scope = {"type": kind, "client": (client, 5) if client else None}
    run(MIDDLEWARE[1].cls(inner)(scope, None, keep))
    return sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_with_proxies_named_nobody_else_connects(kind, tmp_path, monkeypatch):
    monkeypatch.delenv("RESIDUAL_SERVER", raising=False)
    assert reached(kind, "198.51.100.7") == [{"type": "inner"}]
    setup = tmp_path / "server.toml"
    setup.write_text('[server]\nproxies = ["10.0.0.0/8", "2001:db8::/32"]\n')
    monkeypatch.setenv("RESIDUAL_SERVER", str(setup))
    for client in ("10.1.2.3", "2001:db8::7", "127.0.0.1", "::1"):
        assert reached(kind, client) == [{"type": "inner"}]
    for client in ("198.51.100.7", "2001:db9::1", "testclient", "", None):
        (first, *_) = reached(kind, client)
        assert first.get("status") == 403 or first.get("code") == 1008


def test_a_request_is_a_line_of_json_without_its_query(monkeypatch, caplog):
    async def inner(scope, receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})

    async def nothing(message):
        pass

    scope = {"type": "http", "method": "GET", "path": "/quiz", "query_string": b"token=secret"}
    for asked in ("", "json"):
        monkeypatch.setenv(logs.LOG, asked)
        with caplog.at_level(logging.INFO, logs.REQUESTS):
            run(MIDDLEWARE[0].cls(inner)(scope, None, nothing))
        assert len(caplog.records) == (1 if asked else 0)
    line = logs.AsJson().format(caplog.records[0])
    told = json.loads(line)
    assert (told["path"], told["status"], told["level"]) == ("/quiz", 418, "info")
    assert "secret" not in line and "\n" not in line


def test_an_error_is_one_line_too():
    try:
        raise ValueError("残差\nsecond line")
    except ValueError as error:
        made = logging.LogRecord(
            "a", logging.ERROR, "", 0, "failed", None, (type(error), error, error.__traceback__)
        )
    told = json.loads(logs.AsJson().format(made))
    assert told["message"] == "failed" and "残差" in told["error"]
