"""Every answer of the app carries the headers; what they forbid, a browser test sees."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import app
from ui.shell.headers import HEADERS, MIDDLEWARE


def answered(kind: str) -> dict[bytes, bytes]:
    """Headers of what an app behind the middleware answers."""
    sent: list[dict] = []

    async def inner(scope, receive, send):
        start = "http.response.start" if kind == "http" else "websocket.accept"
        await send({"type": start, "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})

    async def keep(message):
        sent.append(message)

    (one,) = MIDDLEWARE
    with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop of its own in this one
        thread.submit(asyncio.run, one.cls(inner)({"type": kind}, None, keep)).result()
    return dict(sent[0]["headers"])


def test_every_answer_carries_them_once_and_a_socket_is_left_alone():
    headers = answered("http")
    for name, value in HEADERS.items():
        assert headers[name.lower().encode()] == value.encode()
    assert answered("websocket") == {b"x-frame-options": b"ALLOWALL"}


def test_the_app_has_them_and_no_policy_names_another_host():
    assert MIDDLEWARE[0] in app.app._user_middleware
    assert "http" not in HEADERS["Content-Security-Policy"]
