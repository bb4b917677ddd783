"""`python -m study export` and `python -m study database` carry a log from place to place."""

import sys

import pytest

from study.__main__ import main
from study.reviews.review import Row
from study.reviews.storage.store import Store

ROW = Row("review", "q/a", "v1", {"rating": 3, "day": "2026-11-20"})


@pytest.fixture
def study(monkeypatch, tmp_path):
    """Return `study("export", …)`; the progress lies in an empty folder."""
    monkeypatch.delenv("RESIDUAL_DATABASE", raising=False)
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["study", *arguments])
        return main()

    return run


def test_a_log_is_exported_and_imported_once(study, tmp_path, monkeypatch, capsys):
    store = Store()
    store.append(ROW)
    store.close()
    file = tmp_path / "log.json"
    assert study("export", "--json", str(file)) == 0
    assert capsys.readouterr().out == f"1 rows in {file}\n"
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "other"))
    assert study("database", "import", str(file)) == 0
    assert study("database", "import", str(file)) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "1 rows are new, 0 were there already."
    assert second == "0 rows are new, 1 were there already."


def test_an_import_asks_for_a_file_that_is_there(study, tmp_path, capsys):
    assert study("database", "import") == 2
    assert study("database", "import", str(tmp_path / "nothing.json")) == 2
    assert "Name the file" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_a_sentence(study, tmp_path, capsys):
    assert study("export", "--json", str(tmp_path / "no" / "folder" / "log.json")) == 1
    assert "log.json" in capsys.readouterr().err


def test_a_database_is_prepared_and_a_log_becomes_that_of_another_profile(study, tmp_path, capsys):
    assert study("database", "prepare") == 0
    assert capsys.readouterr().out.strip().endswith("is up to date.")
    file = tmp_path / "log.json"
    assert study("export", "--json", str(file)) == 0
    assert study("database", "import", str(file), "--as", "p-ada") == 0
    assert "0 rows are new" in capsys.readouterr().out
    assert study("database", "prepare", "--grant", "app") == 1
    assert "PostgreSQL" in capsys.readouterr().err  # a file has no roles


def test_a_database_that_cannot_be_opened_is_a_sentence(study, monkeypatch, capsys):
    monkeypatch.setenv("RESIDUAL_DATABASE", "moon://nowhere")
    assert study("database", "prepare") == 1
    assert capsys.readouterr().err.strip()
