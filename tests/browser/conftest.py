"""A server of its own and the system's Chromium, for the flows that a person walks."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
INSTALL = "install Chromium (Debian: apt-get install chromium) to run the tests in a real browser"
START_S, LOOK_MS = 60, 30_000


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Its path. Skips where there is none, except in CI, where these tests must run."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    found = found or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail(INSTALL)
    if found is None:
        pytest.skip(INSTALL)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": ["--no-sandbox", "--disable-gpu"],
    }


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass
class Server:
    """The app on a free port of this machine, with a home of its own."""

    home: Path
    port: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Waits until it answers; a page is not asked for, so the first visit is a cold one."""
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "RESIDUAL_HOME": str(self.home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"the app did not answer within {START_S} s")

    def kill(self) -> None:
        """As when the machine takes it: no farewell."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """The app, then the training worker that outlives it on purpose."""
        self.process.terminate()
        self.process.wait(timeout=30)
        code = "from resnet_core import jobs; jobs.dismiss()"
        home = {**os.environ, "RESIDUAL_HOME": str(self.home)}
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=home, timeout=60, check=True)


@pytest.fixture
def server(tmp_path, chromium):
    made = Server(tmp_path / "browser-home")
    made.start()
    yield made
    made.stop()


@dataclass
class Visit:
    """A page in a browser, and every address it asked for."""

    page: Page
    server: Server
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.server.url + path)
        expect(self.page.locator("h1")).to_be_visible(timeout=LOOK_MS)

    def button(self, name: str):
        """By how its name begins: a keyboard shortcut may stand behind it."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first

    def foreign(self) -> list[str]:
        """Requests to any other host."""
        own = (self.server.url, "data:", "blob:", self.server.url.replace("http", "ws", 1))
        return [address for address in self.asked if not address.startswith(own)]

    def fine(self) -> None:
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert self.foreign() == []


@pytest.fixture
def visit(browser, server):
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    made = Visit(page, server)
    page.on("request", lambda request: made.asked.append(request.url))
    page.on("websocket", lambda socket: made.asked.append(socket.url))
    yield made
    made.fine()
    context.close()
