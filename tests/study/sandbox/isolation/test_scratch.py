"""The work folder is counted and cleared without following, opening or trusting anything in it."""

import os
import subprocess
import sys

import pytest

from study.sandbox.isolation import scratch


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "work"
    made.mkdir()
    return made


def test_bytes_entries_and_levels_are_counted(folder, monkeypatch):
    (folder / "a").write_bytes(bytes(1000))
    assert not scratch.too_much(folder, 1000)
    assert scratch.too_much(folder, 999)
    monkeypatch.setattr(scratch, "MOST_ENTRIES", 3)
    for n in range(4):
        (folder / f"e{n}").touch()
    assert scratch.too_much(folder, 10_000)


def test_folders_dug_deep_count_as_too_much(folder):
    deep = folder.joinpath(*["d"] * (scratch.DEEPEST + 3))
    deep.mkdir(parents=True)
    (deep / "f").touch()
    assert scratch.too_much(folder, 10_000)


def test_a_link_is_counted_as_a_link(folder, tmp_path):
    (tmp_path / "large").write_bytes(bytes(5000))
    (folder / "link").symlink_to(tmp_path / "large")
    assert not scratch.too_much(folder, 1000)


@pytest.mark.skipif(sys.platform == "win32", reason="paths and modes are POSIX ones")
def test_clearing_reaches_the_deepest_folder_and_what_is_closed(folder, tmp_path):
    code = (
        "import os\n"
        "for n in range(2500): os.mkdir('d'); os.chdir('d')\n"
        "open('leaf', 'w').close(); os.mkdir('closed', 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
    (folder / "sealed").mkdir()
    (folder / "sealed" / "inner").mkdir()
    os.chmod(folder / "sealed", 0)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").touch()
    (folder / "link").symlink_to(outside)
    scratch.clear(folder)
    assert not folder.exists()
    assert (outside / "precious").exists()


def test_folders_of_apps_that_died_are_swept_and_those_of_living_ones_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(scratch.tempfile, "gettempdir", lambda: str(tmp_path))
    dead = tmp_path / f"{scratch.PREFIX}999999999-x"
    living = tmp_path / f"{scratch.PREFIX}{os.getpid()}-x"
    for path in (dead, living):
        path.mkdir()
        (path / "file").touch()
    scratch._sweep.__wrapped__()
    assert not dead.exists() and living.exists()
