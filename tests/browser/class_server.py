"""The app as a class uses it: with a login provider on this machine and a home of its own."""

import importlib.util
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LOOK_MS, Server, free_port, visitor

PATIENCE_MS = 3 * LOOK_MS  # four windows at one server, beside whatever else the machine does
TRIES = 3

SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only-for-tests-only-for-tests-only-for-tests"
client_id = "residual"
client_secret = "any"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile roles" }}
"""
SETUP = """
[people]
teachers = ["grace"]
[limits]
runs = 2
"""
NAMES = {"grace": "Grace Hopper", "ada": "Ada Lovelace", "alan": "Alan Turing", "edsger": "Edsger"}


@dataclass
class ClassServer(Server):
    """The app with a login; `folder` holds its settings."""

    folder: Path = Path()
    provider: str = ""

    def start(self) -> None:
        self.port = self.port or free_port()
        secrets, setup = self.folder / "secrets.toml", self.folder / "server.toml"
        secrets.write_text(SECRETS.format(app=self.url, provider=self.provider))
        setup.write_text(SETUP)
        self.options = ["--secrets.files", str(secrets)]
        self.environment = {"RESIDUAL_SERVER": str(setup)}
        super().start()


PROVIDER = """
import sys, oidc_provider_mock as mock
users = [mock.User(sub=sub, claims={"name": name}) for sub, name in NAMES.items()]
with mock.run_server_in_thread(user_claims=users) as running:
    print(running.server_port, flush=True)
    sys.stdin.read()
"""


@contextmanager
def login_provider():
    """A login provider that lets in whoever says who they are.

    Skips where it is not installed, except in CI, where it must be. It runs in a process of its
    own, since its libraries warn of their own future.
    """
    for package in ("oidc_provider_mock", "authlib", "httpx"):
        if importlib.util.find_spec(package) is None:
            missing = pytest.fail if os.environ.get("CI") else pytest.skip
            missing(f"{package} is missing: pip install -r requirements-dev.txt")
    provider = subprocess.Popen(
        [sys.executable, "-c", f"NAMES = {NAMES!r}\n{PROVIDER}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f"http://localhost:{int(provider.stdout.readline())}"
    finally:
        provider.kill()
        provider.communicate()


@contextmanager
def class_server(folder: Path):
    """The app of a class, running."""
    with login_provider() as provider:
        made = ClassServer(folder / "home", folder=folder, provider=provider)
        made.start()
        try:
            yield made
        finally:
            made.stop()


def log_in(browser, server: ClassServer, subject: str, **options):
    """Open a window and log in as a subject of the provider, as a person does.

    Who comes back and is not logged in tries again: the app asks the provider within a few seconds,
    which a busy machine may not have.
    """
    made = visitor(browser, server, **options)
    made.patience = PATIENCE_MS
    made.page.set_default_timeout(PATIENCE_MS)
    made.open("/")
    made.settle()
    made.open_menu()
    sidebar = made.page.get_by_test_id("stSidebar")
    entrance, way_out = (sidebar.get_by_role("button", name=name) for name in ("Log in", "Log out"))
    for _ in range(TRIES):
        entrance.click()
        made.page.wait_for_url(f"{server.provider}/**")
        made.page.get_by_placeholder("sub").fill(subject)
        made.page.get_by_role("button", name="Authorize").click()
        made.page.wait_for_url(f"{server.url}/**")
        made.settle()
        made.open_menu()
        expect(entrance.or_(way_out)).to_be_visible(timeout=PATIENCE_MS)
        if way_out.is_visible():
            return made
    raise AssertionError(f"{subject} is not logged in after {TRIES} tries")


if __name__ == "__main__":  # to look around by hand: python -m tests.browser.class_server FOLDER
    with class_server(Path(sys.argv[1])) as server:
        print(server.url, flush=True)
        sys.stdin.read()
