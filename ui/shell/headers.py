"""Check who may connect, send security headers, and write the line of the log.

The headers tell the browser what a page of this app may do, which includes nothing with other
hosts.
"""

import ipaddress
import os
import time

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell import logs, metrics

# Streamlit starts its components from addresses made in the page (blob:), Vega turns text into
# functions (unsafe-eval), and both write styles and scripts into the page (unsafe-inline).
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",  # answers said aloud
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Headers:
    """Add the headers to every response."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class _Proxies:
    """Refuse connections that bypass the proxies, if the server's file names any.

    The health check comes from the machine itself and is allowed.
    """

    def __init__(self, app: ASGIApp):
        self._app = app
        self._networks = _proxies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not self._let_in(scope):
            if scope["type"] == "http":
                start = {"type": "http.response.start", "status": 403, "headers": []}
                await send(start)
                await send({"type": "http.response.body", "body": b"Come by the proxy."})
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        await self._app(scope, receive, send)

    def _let_in(self, scope: Scope) -> bool:
        if not self._networks:
            return True
        try:
            client = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return client.is_loopback or any(client in network for network in self._networks)


def _proxies() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    if not os.environ.get("RESIDUAL_SERVER"):
        return []
    from study.classroom import server_file

    return server_file.current().server.networks()


class _Log:
    """Write a line for each request, if JSON was requested."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not logs.wanted():
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            logs.request(scope["method"], scope["path"], status, time.monotonic() - began)


class _Sessions:
    """Counts the tabs that are connected, where the figures were asked for."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        with metrics.session():
            await self._app(scope, receive, send)


MIDDLEWARE = [Middleware(_Log), Middleware(_Proxies), Middleware(_Sessions), Middleware(_Headers)]
