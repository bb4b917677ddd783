"""`claims --jobs N`: one bar for all processes, Ctrl-C, and what the next time finds.

The processes of these tests train nothing: they write the log of a finished run.
"""

import argparse
import os
import sys
import time
from types import SimpleNamespace

import pytest

from base import folders
from resnet_core import claims, runs
from resnet_core.claims import CLAIMS, shared_runs
from resnet_core.commands import claims as command
from resnet_core.commands.claims import parallel, recording
from tests.resnet_core.claims.test_claims import ROOT, claim

PLACE = recording.Place("synthetic", "")
FINISHES = """
import sys
from pathlib import Path
from resnet_core.claims import shared_runs
from resnet_core.commands.claims import recording
from tests.resnet_core.claims.test_claims import claim, finished_run

recording._run = lambda trial, place: finished_run(trial, place.root, status="done", reason=None)
place = recording.Place("synthetic", "", Path(sys.argv[1]))
sys.exit(recording.run_share([claim()], (0, 1, 2), place, sys.argv[-1]))
"""
WAITS = """
import signal
import time
from base import folders

signal.signal(signal.SIGINT, signal.default_int_handler)  # as the command does for a share
try:
    (folders.home() / "begun").touch()
    time.sleep(600)
except KeyboardInterrupt:
    (folders.home() / "stopped").touch()
    raise SystemExit(130)
"""


@pytest.fixture
def processes(own_home, monkeypatch):
    """`processes(source)`: what a process of `--jobs` executes; it is given the folder of runs."""

    def of(source: str) -> None:
        monkeypatch.setattr(
            parallel, "_command", lambda args, out: [sys.executable, "-c", source, str(out)]
        )

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return of


def run_all(jobs: int) -> None:
    args = argparse.Namespace(jobs=jobs)
    recording.run_missing([claim()], (0, 1, 2), PLACE, parallel.run(args))


def homes() -> list:
    return sorted((folders.home() / "claim-jobs").iterdir())


def test_the_processes_make_every_run_once_and_one_bar_counts_them(processes, capsys):
    processes(FINISHES)
    run_all(2)
    said = capsys.readouterr()
    assert "12/12" in said.err and said.out == ""
    made = [run.experiment for run in runs.every(shared_runs.home())]
    assert len({(*one.arms, one.seed) for one in made}) == len(made) == 12
    processes("raise SystemExit('nothing is left to do')")
    run_all(2)
    assert "12 of 12 runs are there already" in capsys.readouterr().err


def test_a_process_that_fails_is_told_with_its_log(processes, capsys):
    processes("raise SystemExit('the disk is full')")
    run_all(1)
    err = capsys.readouterr().err
    log = homes()[0] / parallel.LOG
    assert f"status 1. {log}" in err and "the disk is full" in log.read_text()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the terminal tells the processes itself")
def test_ctrl_c_reaches_every_process_and_is_waited_for(processes, monkeypatch):
    processes(WAITS)

    def pressed_once_all_have_begun(_):
        deadline = time.monotonic() + 120
        while not all((home / "begun").exists() for home in homes()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.05)
        raise KeyboardInterrupt

    # Only the clock of this module: other threads sleep as well.
    pressed = SimpleNamespace(sleep=pressed_once_all_have_begun)
    monkeypatch.setattr(parallel, "time", pressed)
    with pytest.raises(KeyboardInterrupt):
        run_all(2)
    assert len(homes()) == 2 and all((home / "stopped").exists() for home in homes())


def test_a_process_ends_when_the_one_that_started_it_is_gone(own_home, monkeypatch):
    made = []
    monkeypatch.setattr(recording, "_run", lambda trial, place: made.append(trial))
    parents = iter([7, 7, 7, 1])
    monkeypatch.setattr(recording.os, "getppid", lambda: next(parents))
    assert recording.run_share([claim()], (0, 1, 2), PLACE, "1/2") == 1
    assert len(made) == 2


def test_ctrl_c_ends_the_command_and_not_only_the_run(own_home, monkeypatch, capsys):
    monkeypatch.setitem(CLAIMS, "made-up", claim())
    stopped = runs.History().add(
        [{"kind": "end", "step": 1, "elapsed_s": 1.0, "status": "stopped"}]
    )
    followed = []

    def follow(run, **_):
        followed.append(run)
        runs.leave_queue(run.folder)
        return stopped

    monkeypatch.setattr(recording, "follow", follow)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    args = parser.parse_args(["made-up", "--dataset", "synthetic", "--json"])
    assert command.main(args) == command.INTERRUPTED
    said = capsys.readouterr()
    assert len(followed) == 1 and "goes on where it was" in said.err and said.out == ""
    assert claims.record("made-up") is None
