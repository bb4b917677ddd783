"""The file of a server is read as a whole, and what cannot be is a sentence."""

import pytest

from study.classroom import server_file
from study.classroom.server_file import ServerFile, ServerFileError

WHOLE = """
[server]
address = "0.0.0.0"
port = 8502
hosts = ["residual.example.org"]
proxies = ["10.0.0.0/8", "::1"]
[people]
teachers = ["grace@example.org"]
role_claim = "roles"
[limits]
runs = 2
"""


def test_what_is_not_said_has_its_default(tmp_path, monkeypatch):
    path = tmp_path / "server.toml"
    path.write_text(WHOLE)
    monkeypatch.setenv(server_file.FILE, str(path))
    found = server_file.current()
    assert (found.server.port, found.limits.runs, found.limits.disk_mb) == (8502, 2, 500)
    assert len(found.server.networks()) == 2
    path.write_text(WHOLE.replace("runs = 2", "runs = 7"))
    assert server_file.current().limits.runs == 7
    monkeypatch.delenv(server_file.FILE)
    assert server_file.current() == ServerFile()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server", "end of a table"),
        ("[limit]\nruns = 2", "limit"),
        ("[limits]\nrun = 2", "run"),
        ("[limits]\nruns = 0", "runs"),
        ("[limits]\nruns = 'many'", "runs"),
        ("[server]\nproxies = ['nginx']", "nginx"),
        ("[server]\nhosts = ['https://a.example']", "leave out https"),
        ("[server]\nport = 99999", "port"),
    ],
)
def test_what_cannot_be_is_a_sentence_that_names_it(tmp_path, text, named):
    path = tmp_path / "server.toml"
    path.write_text(text)
    with pytest.raises(ServerFileError, match=named) as caught:
        server_file.load(path)
    assert caught.value.message.key == "class.server_file"


def test_a_file_that_is_named_and_missing_is_a_sentence_too(monkeypatch, tmp_path):
    monkeypatch.setenv(server_file.FILE, str(tmp_path / "no.toml"))
    with pytest.raises(ServerFileError, match="No such file"):
        server_file.current()
