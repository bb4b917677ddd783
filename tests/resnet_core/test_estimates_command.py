"""The command that holds estimates against runs: which cases it has, and what a row says."""

import argparse

import pytest

from resnet_core import jobs, runs
from resnet_core.commands import estimates


@pytest.fixture
def machine(monkeypatch):
    """A machine on which every run takes the seconds that are set, after 100 estimated ones."""
    took = {"seconds": 100.0, "status": "done"}

    def follow(run, **options):
        end = {"kind": "end", "step": 1, "elapsed_s": took["seconds"], "status": took["status"]}
        return runs.History().add([{"kind": "started", "from_step": 0}, end])

    monkeypatch.setattr(estimates, "_ready", lambda: None)
    monkeypatch.setattr(estimates.cifar, "find", lambda name, source: None)
    monkeypatch.setattr(estimates, "follow", follow)
    monkeypatch.setattr(jobs, "start", lambda experiment, source: None)
    monkeypatch.setattr(jobs, "shutdown", lambda: None)
    monkeypatch.setattr(jobs, "estimate", lambda experiment: jobs.Estimate(100.0, "machine"))
    return took


def rows(capsys, *only: int) -> list[str]:
    assert estimates.main(argparse.Namespace(only=list(only) or None, data=None)) == 0
    return capsys.readouterr().out.splitlines()[4:]


def test_the_cases_are_spread_over_what_a_person_can_choose():
    nets = [net for one in estimates.CASES.values() for net in one.arms.values()]
    trained = [one.train for one in estimates.CASES.values()]
    assert len(estimates.CASES) == 10
    assert {8, 20, 56, 110} <= {net.depth for net in nets}
    assert {net.width for net in nets} == {8, 16}
    assert {one.precision for one in trained} == {"float32", "bfloat16"}
    assert {32, 64, 128} == {one.batch for one in trained}
    assert any(one.evaluate_every for one in trained)


@pytest.mark.parametrize(
    ("seconds", "ratio", "held"),
    [
        (80.0, "1.25", "yes"),
        (140.0, "0.71", "yes"),
        (150.0, "0.67", "**no**"),
        (70, "1.43", "**no**"),
    ],
)
def test_a_row_says_whether_the_estimate_held(machine, capsys, seconds, ratio, held):
    machine["seconds"] = seconds
    (row,) = rows(capsys, 4)
    assert row.split(" | ")[2:] == ["100.0 s", f"{seconds:.1f} s", ratio, f"{held} |"]


def test_a_run_that_fails_has_no_ratio(machine, capsys):
    machine["status"] = "failed"
    assert len(found := rows(capsys)) == 10
    assert all("did not end" in row for row in found)
