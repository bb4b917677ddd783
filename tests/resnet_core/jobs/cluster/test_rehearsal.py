"""The figures of a rehearsal, which are made of a log and of the times at which it grew."""

import json

import pytest

from resnet_core.jobs.cluster.rehearsal import _delays, _quantile


def lines(*events) -> bytes:
    return b"".join(json.dumps(event).encode() + b"\n" for event in events)


def test_a_line_is_as_late_as_the_first_look_after_which_the_folder_had_it():
    sent = lines({"kind": "state", "state": "sent", "elapsed_s": 0.0})
    begun = sent + lines({"kind": "started", "clock_ms": 1_000_000, "elapsed_s": 0.0})
    one = begun + lines({"kind": "step", "step": 0, "elapsed_s": 1.0})
    two = one + lines({"kind": "step", "step": 1, "elapsed_s": 2.0})
    three = two + lines({"kind": "step", "step": 2, "elapsed_s": 3.0})
    arrivals = [(len(begun), 1000.1), (len(one) + 3, 1001.5), (len(three), 1003.25)]
    assert list(_delays(three, arrivals)) == pytest.approx([0.5, 1.25, 0.25])


def test_a_line_that_never_arrived_has_no_delay():
    begun = lines({"kind": "started", "clock_ms": 0, "elapsed_s": 0.0})
    log = begun + lines({"kind": "step", "step": 0, "elapsed_s": 1.0})
    assert list(_delays(log, [(len(begun), 0.5)])) == []


def test_the_95th_of_a_hundred_values():
    assert _quantile([float(value) for value in range(100, -1, -1)], 0.95) == 95.0
