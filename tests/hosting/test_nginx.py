"""The shipped configuration of nginx, before two stand-ins for the app, on this machine."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HOSTING = Path(__file__).resolve().parents[2] / "hosting"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
ACCEPT = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class App(BaseHTTPRequestHandler):
    """Answers with its name and with what the proxy told it; shakes hands for a websocket."""

    name = ""

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            self.wfile.write(ACCEPT.encode())
            self.wfile.write(b"echo:" + self.rfile.read(4))
            self.close_connection = True
            return
        told = "\n".join([self.name, *(f"{k.lower()}: {v}" for k, v in self.headers.items())])
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_):
        pass


@dataclass
class Proxy:
    port: int
    plain: int
    context: ssl.SSLContext = field(repr=False)

    def get(self, **headers: str) -> tuple[dict[str, str], list[str]]:
        """Return the headers of an answer, and the lines that the app wrote."""
        connection = HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=10)
        connection.request("GET", "/quiz", headers={"Host": "residual.example.org", **headers})
        answer = connection.getresponse()
        told = answer.read().decode().split("\n")
        connection.close()
        assert answer.status == 200
        return {k.lower(): v for k, v in answer.getheaders()}, told


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not installed: apt-get install nginx openssl")
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "certificates").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
        + ["-subj", "/CN=residual.example.org"]
        + ["-keyout", folder / "certificates/privkey.pem"]
        + ["-out", folder / "certificates/fullchain.pem"],
        check=True,
        capture_output=True,
    )
    apps = []
    text = (HOSTING / "nginx.conf").read_text("utf-8")
    for name in ("app1", "app2"):
        handler = type(name, (App,), {"name": name})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        apps.append(server)
        text = text.replace(f"server {name}:8501", f"server 127.0.0.1:{server.server_port}")
    ports = free_port(), free_port()
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{ports[0]} ssl")
    text = text.replace("listen 80", f"listen 127.0.0.1:{ports[1]}")
    text = re.sub(r"pid .*;", f"pid {folder}/pid;", text)
    text = text.replace("/dev/stderr", f"{folder}/error").replace("/dev/stdout", f"{folder}/access")
    (folder / "nginx.conf").write_text(text)
    command = [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    running = subprocess.Popen([*command, "-g", "daemon off;"])
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    until(lambda: socket.create_connection(("127.0.0.1", ports[0]), 1).close())
    yield Proxy(*ports, context)
    running.terminate()
    running.wait(10)
    [server.shutdown() for server in apps]
    [server.server_close() for server in apps]


def until(tried) -> None:
    for _ in range(100):
        try:
            return tried()
        except OSError:
            time.sleep(0.1)
    pytest.fail("nginx did not answer")


def cookie(headers: dict[str, str]) -> str:
    return headers["set-cookie"].split(";")[0]


def test_a_browser_comes_back_to_its_replica_and_both_are_used(proxy):
    seen = {}
    for number in range(40):
        headers, told = proxy.get(**{"User-Agent": f"browser {number}"})
        seen[told[0]] = cookie(headers)
        assert cookie(headers) == f"residual_replica={told[0]}"
        assert all(word in headers["set-cookie"] for word in ("HttpOnly", "Secure", "SameSite=Lax"))
    assert set(seen) == {"app1", "app2"}
    for name, kept in seen.items():
        for _ in range(5):
            headers, told = proxy.get(Cookie=kept)
            assert told[0] == name and "set-cookie" not in headers


def test_a_cookie_that_names_no_replica_leads_to_one_of_ours(proxy):
    _, told = proxy.get(Cookie="residual_replica=127.0.0.1:22")
    assert told[0] in ("app1", "app2")


def test_the_app_hears_who_asks_and_not_what_a_visitor_claims(proxy):
    headers, told = proxy.get(**{"X-Forwarded-For": "198.51.100.7"})
    assert "x-forwarded-for: 127.0.0.1" in told and "x-forwarded-proto: https" in told
    assert "host: residual.example.org" in told
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["x-frame-options"] == "DENY"  # the app's own, untouched
    assert not re.search(r"\d", headers["server"])


def test_a_websocket_passes_both_ways(proxy):
    plain = socket.create_connection(("127.0.0.1", proxy.port), 10)
    with proxy.context.wrap_socket(plain, server_hostname="residual.example.org") as wire:
        wire.sendall(
            b"GET /_stcore/stream HTTP/1.1\r\nHost: residual.example.org\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        with wire.makefile("rb") as said:
            assert said.readline() == b"HTTP/1.1 101 Switching Protocols\r\n"
            while said.readline() != b"\r\n":
                pass
            wire.sendall(b"ping")
            assert said.read(9) == b"echo:ping"


def test_without_tls_one_is_sent_to_it(proxy):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    asked = urllib.request.Request(
        f"http://127.0.0.1:{proxy.plain}/quiz", headers={"Host": "residual.example.org"}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(Stay).open(asked, timeout=10)
    with caught.value as answer:
        assert answer.code == 308
        assert answer.headers["Location"] == "https://residual.example.org/quiz"
