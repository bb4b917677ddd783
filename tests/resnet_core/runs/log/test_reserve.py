"""A worker that left without a word: what ended it is told apart where the kernel says so."""

import pytest

from base import machine
from resnet_core.runs.log import reserve


@pytest.fixture
def kernel(monkeypatch):
    """Return what the kernel says, to be changed."""
    said = {"boot": "first", "ended": 3}
    monkeypatch.setattr(machine, "boot", lambda: said["boot"])
    monkeypatch.setattr(machine, "ended_for_memory", lambda: said["ended"])
    return said


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ({}, "runs.worker_killed"),
        ({"ended": 4}, "runs.memory_short"),
        ({"boot": "second", "ended": 0}, "runs.machine_restarted"),
        ({"boot": None}, "runs.worker_gone"),
        ({"ended": None}, "runs.worker_gone"),
    ],
)
def test_what_ended_a_worker_follows_from_what_the_kernel_said_then_and_now(
    tmp_path, kernel, since, reason
):
    reserve.hold_back(tmp_path)
    kernel.update(since)
    assert reserve.why_the_writer_is_gone(tmp_path).key == reason


@pytest.mark.parametrize("left", [None, b"", bytes(reserve.SIZE), b'{"boot": 7}', b"\xff"])
def test_a_file_that_says_nothing_leaves_the_cause_open(tmp_path, kernel, left):
    if left is not None:
        (tmp_path / reserve.FILE).write_bytes(left)
    assert reserve.why_the_writer_is_gone(tmp_path) == reserve.GONE


def test_the_file_has_its_whole_size_and_goes_at_the_end(tmp_path, kernel):
    reserve.hold_back(tmp_path)
    assert (tmp_path / reserve.FILE).stat().st_size == reserve.SIZE
    reserve.free(tmp_path)
    reserve.free(tmp_path)
    assert not list(tmp_path.iterdir())
