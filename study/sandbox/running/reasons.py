"""Say why a snippet was ended, in sentences that name the limit and the number."""

import signal

from base.messages import Message
from study.sandbox.isolation.scratch import MOST_ENTRIES
from study.sandbox.limits import MIB


def over_time(seconds: float) -> Message:
    values = {"seconds": f"{seconds:g}"}
    return Message("sandbox.over_time", values, f"Stopped: the time limit is {seconds:g} s.")


def over_memory(used: int, limit: int) -> Message:
    values = {"used": f"{used / 1024 / MIB:.1f}", "limit": f"{limit / 1024 / MIB:.1f}"}
    english = f"Stopped: used {values['used']} GB of memory, the limit is {values['limit']} GB."
    return Message("sandbox.over_memory", values, english)


def over_tasks(tasks: int, limit: int) -> Message:
    english = f"Stopped: {tasks} processes and threads, the limit is {limit}."
    return Message("sandbox.over_tasks", {"tasks": tasks, "limit": limit}, english)


def over_work(limit: int) -> Message:
    values = {"limit": limit // MIB, "most": f"{MOST_ENTRIES:,}"}
    english = f"Stopped: more than {values['limit']} MB of files, or than {values['most']} files."
    return Message("sandbox.over_work", values, english)


def over_output(limit: int) -> Message:
    english = f"Output cut at {limit // 1024} KB, and the snippet stopped."
    return Message("sandbox.over_output", {"limit": limit // 1024}, english)


def machine_short(floor: int) -> Message:
    english = f"Stopped: less than {floor // MIB} MB of memory were left on this machine."
    return Message("sandbox.machine_short", {"floor": floor // MIB}, english)


def not_started(seconds: float) -> Message:
    values = {"seconds": f"{seconds:g}"}
    english = f"The process for the snippet did not get ready within {seconds:g} s, or ended."
    return Message("sandbox.not_started", values, english)


def by_signal(number: int) -> Message:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = "?"
    english = f"Python crashed or was killed (signal {number}, {name})."
    return Message("sandbox.signal", {"number": number, "name": name}, english)
