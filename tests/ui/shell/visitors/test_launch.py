"""The link that `python -m ui` prints opens what Streamlit serves."""

import socket
import tomllib
from pathlib import Path

import pytest

from study.classroom.server_file import FILE, ServerFileError
from ui.__main__ import for_a_class, hosts, link

ROOT = Path(__file__).resolve().parents[4]


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


LOGIN = """
[auth]
redirect_uri = "https://a.example/oauth2callback"
cookie_secret = "0123456789012345678901234567890123"
client_id = "a"
client_secret = "b"
server_metadata_url = "https://login.example"
"""
SETUP = '[server]\naddress = "0.0.0.0"\nport = 8600\nhosts = ["a.example", "b.example"]\n'


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv(FILE, "")  # so that it is put back
    (tmp_path / "server.toml").write_text(SETUP)
    (tmp_path / "secrets.toml").write_text(LOGIN)
    return tmp_path


def for_files(folder, *more) -> list[str]:
    server, login = folder / "server.toml", folder / "secrets.toml"
    return for_a_class(["--class", str(server), "--secrets", str(login), *more])


def test_a_class_starts_as_its_file_says(files):
    told = for_files(files, "--server.headless=true")
    assert told[:2] == ["--server.address=0.0.0.0", "--server.port=8600"]
    assert "--browser.serverAddress=a.example" in told  # or Streamlit asks another host for it
    assert [one for one in told if "allowedHosts" in one] == [
        "--server.allowedHosts=a.example",
        "--server.allowedHosts=b.example",
    ]
    assert told[-2:] == [f"--secrets.files={files / 'secrets.toml'}", "--server.headless=true"]


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("secrets.toml", "client_id", "client", "lacks client_id"),
        ("secrets.toml", "/oauth2callback", "/callback", "does not end with /oauth2callback"),
        ("secrets.toml", "0123456789012345678901234567890123", "short", "fewer than 32"),
        ("secrets.toml", "[auth]", "[other]", "lacks redirect_uri"),
        ("secrets.toml", "[auth]", "[auth", "does not say"),
        ("server.toml", "[server]", "[serve]", "serve"),
    ],
)
def test_a_file_that_lacks_something_stops_the_start_with_a_sentence(files, file, old, new, why):
    path = files / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ServerFileError, match=why):
        for_files(files)


def test_a_file_that_is_missing_stops_the_start_too(files):
    (files / "secrets.toml").unlink()
    with pytest.raises(ServerFileError, match="No such file"):
        for_files(files)


def test_no_start_asks_another_host_for_the_address_of_this_one():
    """Streamlit does so wherever `browser.serverAddress` is empty."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["browser"]["serverAddress"] == "localhost"
