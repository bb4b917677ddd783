"""What the kernel says of the machine is read, or is None where it says nothing."""

import sys

import pytest

from base import machine


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says it in files")
def test_linux_names_its_start_and_counts_what_it_ended():
    assert machine.boot() and machine.boot() == machine.boot()
    assert machine.ended_for_memory() >= 0


@pytest.mark.parametrize("content", [None, "", "pgfault 5\n", "oom_kill\n", "oom_kill many\n"])
def test_elsewhere_nothing_is_known(tmp_path, monkeypatch, content):
    counts = tmp_path / "vmstat"
    if content is not None:
        counts.write_text(content)
    monkeypatch.setattr(machine, "COUNTS", counts)
    monkeypatch.setattr(machine, "BOOT", tmp_path / "nowhere")
    assert machine.ended_for_memory() is None and machine.boot() is None
