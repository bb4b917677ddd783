"""Give the browser tests a server of their own and the system's Chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from resnet_core import jobs
from tests.browser.warm_servers import WarmServers

ROOT = Path(__file__).resolve().parents[2]
INSTALL = "install Chromium (Debian: apt-get install chromium) to run the tests in a real browser"
START_S, LOOK_MS = 60, 30_000
QUIET = {"RESIDUAL_AHEAD": "0"}  # a worker that waits leaves the processor to the browser
expect.set_options(timeout=LOOK_MS)  # a busy machine is no failure


def press(page: Page, key: str, shown: Locator) -> None:
    """Press a key until it shows something, as a person does.

    A key does nothing on a page whose script has not been loaded yet.
    """
    for patience in (LOOK_MS // 6, LOOK_MS // 6, LOOK_MS):
        page.keyboard.press(key)
        try:
            expect(shown.first).to_be_visible(timeout=patience)
        except AssertionError:
            continue
        return
    raise AssertionError(f"the key {key} shows nothing")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium. Skips without one, except in CI, where these tests must run."""
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
    """Run the app on a free port of this machine, with a home of its own."""

    home: Path
    port: int = 0
    root: Path = ROOT
    process: subprocess.Popen | psutil.Process | None = field(default=None, repr=False)
    options: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    warm: WarmServers | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Wait until the server answers. No page is requested, so the first visit is a cold one."""
        self.port = self.port or free_port()
        options = ["--server.port", str(self.port), *self.options]
        own = {**os.environ, **QUIET, "RESIDUAL_HOME": str(self.home), **self.environment}
        if self.warm is not None:
            self.process = self.warm.start(options, own)
        else:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", *options],
                cwd=self.root,
                env=own,
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
        """Kill the server without warning, as a crash of the machine does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Stop the app, then the training worker, which outlives it on purpose."""
        self.process.terminate()
        self.process.wait(timeout=30)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("RESIDUAL_HOME", str(self.home))
            jobs.shutdown()


@pytest.fixture(scope="session")
def warm_servers():
    """Yield what starts apps of single tests faster, where a process may fork."""
    if sys.platform != "linux":
        yield None
        return
    made = WarmServers()
    yield made
    made.close()


@pytest.fixture
def server(tmp_path, chromium, warm_servers):
    made = Server(tmp_path / "browser-home", warm=warm_servers)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def file_server(tmp_path_factory, chromium, warm_servers):
    """Yield one app for the tests of a file that do not mind what the others leave in its home."""
    made = Server(tmp_path_factory.mktemp("file") / "home", warm=warm_servers)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory, chromium):
    """Yield one app for all tests that change nothing."""
    made = Server(tmp_path_factory.mktemp("shared") / "home")
    made.start()
    yield made
    made.stop()


SIZES = {"laptop": (1440, 900), "phone": (390, 844)}
STILL = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]' + (
    '[data-test-script-state="notRunning"]'
)
DEBOUNCE_MS = 200  # until it has passed Streamlit may not have begun to draw


@dataclass
class Visit:
    """Hold a page in a browser, and every address that it requested."""

    page: Page
    server: Server
    asked: list[str] = field(default_factory=list)
    patience: int = LOOK_MS

    def open(self, path: str) -> None:
        self.page.goto(self.server.url + path)
        expect(self.page.locator("h1")).to_be_visible(timeout=self.patience)

    def settle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        self.page.wait_for_timeout(DEBOUNCE_MS)
        self.page.wait_for_selector(STILL, timeout=self.patience)
        expect(self.page.locator("h1")).to_be_visible(timeout=self.patience)

    def go(self, act: Callable[[], object]) -> None:
        """Do what changes the address, and wait until the new place is drawn."""
        before = self.page.url
        act()
        expect(self.page).not_to_have_url(before, timeout=self.patience)
        self.settle()

    def is_at(self, place: tuple[str, str]) -> None:
        """Wait until the page is at a place that `place()` returned before."""
        expect(self.page).to_have_url(self.server.url + place[0], timeout=self.patience)
        expect(self.page.locator("h1")).to_have_text(place[1], timeout=self.patience)
        self.settle()

    def menu(self, name: str) -> None:
        """Go to a page by the menu. On a phone the menu is opened first, and closes by itself."""
        link = self.page.get_by_test_id("stSidebar").get_by_role("link", name=name)
        if not link.first.is_visible() or self.narrow:
            self.open_menu()
        self.go(link.first.click)

    def open_menu(self) -> None:
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.is_visible():
            opener.click()
            self.page.wait_for_timeout(400)  # the menu slides in

    def close_menu(self) -> None:
        if self.narrow:
            self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()

    def language(self, name: str) -> None:
        self.open_menu()
        self.go(self.page.get_by_role("radio", name=name).click)
        self.close_menu()

    @property
    def narrow(self) -> bool:
        return self.page.viewport_size["width"] < 768

    def place(self) -> tuple[str, str]:
        """Return the address and the heading, which a person would call the same place."""
        return self.page.url.removeprefix(self.server.url), self.page.locator("h1").inner_text()

    def reload(self) -> None:
        self.page.reload()
        self.settle()

    def back(self) -> None:
        self.go(self.page.go_back)

    def forward(self) -> None:
        self.go(self.page.go_forward)

    def button(self, name: str):
        """Return a button by the start of its name; a keyboard shortcut may follow."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first

    def choose(self, field: Locator, option: str) -> None:
        """Choose from a list as a person does, who opens it again where a redraw has closed it."""
        item = self.page.get_by_role("option", name=option, exact=True)
        for patience in (self.patience // 6, self.patience // 6, self.patience):
            field.click()
            try:
                item.click(timeout=patience)
            except TooLate:
                continue
            expect(field).to_have_value(option)
            self.settle()
            return
        raise AssertionError(f"{option} cannot be chosen")

    def foreign(self) -> list[str]:
        """Return the requests to any other host."""
        own = (self.server.url, "data:", "blob:", self.server.url.replace("http", "ws", 1))
        return [address for address in self.asked if not address.startswith(own)]

    def fine(self) -> None:
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert self.foreign() == []


def visitor(browser, server, locale: str = "en-US", size: str = "laptop", **context):
    """Open a browser window of a size, in a language; the caller closes it.

    Like a person who asks for it, it wants no animations: they are drawn without a graphics card.
    """
    width, height = SIZES[size]
    context.setdefault("reduced_motion", "reduce")
    window = browser.new_context(
        locale=locale, viewport={"width": width, "height": height}, **context
    )
    made = Visit(window.new_page(), server)
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on("websocket", lambda socket: made.asked.append(socket.url))
    return made


def visiting(browser, server):
    """Yield a visit of a server, and look at what it requested when it ends."""
    made = visitor(browser, server)
    made.page.set_viewport_size({"width": 1280, "height": 900})
    yield made
    made.fine()
    made.page.context.close()


@pytest.fixture
def visit(browser, server):
    """Yield a visit of an app of its own, unless the file says which."""
    yield from visiting(browser, server)


@pytest.fixture
def look(browser, shared_server):
    """Return a function that visits the shared app in a size and a language."""
    opened = []

    def opens(size: str = "laptop", language: str = "en", **context) -> Visit:
        locale = {"en": "en-US", "zh": "zh-CN"}[language]
        made = visitor(browser, shared_server, locale, size, **context)
        opened.append(made)
        made.open(f"/?lang={language}")
        made.settle()
        return made

    yield opens
    for made in opened:
        made.fine()
        made.page.context.close()
