"""Word why a snippet was ended, naming the limit and the number."""

import signal

from base.messages import Message
from study.sandbox.isolation.scratch import MOST_ENTRIES
from study.sandbox.limits import MIB


def over_time(seconds: float) -> Message:
    """Return the sentence for a snippet that ran longer than `seconds`."""
    values = {"seconds": f"{seconds:g}"}
    return Message("sandbox.over_time", values)


def over_memory(used: int, limit: int) -> Message:
    """Return the sentence for too much memory; `used` and `limit` are in bytes."""
    values = {"used": f"{used / 1024 / MIB:.1f}", "limit": f"{limit / 1024 / MIB:.1f}"}
    return Message("sandbox.over_memory", values)


def over_tasks(tasks: int, limit: int) -> Message:
    return Message("sandbox.over_tasks", {"tasks": tasks, "limit": limit})


def over_work(limit: int) -> Message:
    """Return the sentence for a full work folder; `limit` is in bytes."""
    values = {"limit": limit // MIB, "most": f"{MOST_ENTRIES:,}"}
    return Message("sandbox.over_work", values)


def over_output(limit: int) -> Message:
    """Return the sentence for too much output; `limit` is in bytes."""
    return Message("sandbox.over_output", {"limit": limit // 1024})


def machine_short(floor: int) -> Message:
    """Return the sentence for a machine with less than `floor` bytes of free memory."""
    return Message("sandbox.machine_short", {"floor": floor // MIB})


def not_started(seconds: float) -> Message:
    values = {"seconds": f"{seconds:g}"}
    return Message("sandbox.not_started", values)


def by_signal(number: int) -> Message:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = "?"
    return Message("sandbox.signal", {"number": number, "name": name})
