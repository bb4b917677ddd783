"""Hold room back on the disk while a run is written, with what explains a writer that vanished.

A full disk leaves no room to say so; freeing the file makes some. It lies in the folder as long as
the writer lives, and is left behind by one that was killed. Its first line tells of the machine
then, so that whoever reads it later can tell what ended the writer.
"""

from pathlib import Path

import msgspec

from base import machine
from base.messages import Message

FILE = "reserve"
SIZE = 16_384  # bytes
GONE = Message("runs.worker_gone")
KILLED = Message("runs.worker_killed")
MEMORY_SHORT = Message("runs.memory_short")
MACHINE_RESTARTED = Message("runs.machine_restarted")


class Machine(msgspec.Struct, frozen=True):
    """Hold what names the machine's present start, and how many processes it ended for memory."""

    boot: str | None = None
    ended_for_memory: int | None = None


def hold_back(folder: Path) -> None:
    """Write the file. Raises OSError if the disk has no room for it."""
    told = msgspec.json.encode(_now())
    (folder / FILE).write_bytes(told + b"\n" * (SIZE - len(told)))


def free(folder: Path) -> None:
    """Delete the file. Does nothing if it is gone."""
    (folder / FILE).unlink(missing_ok=True)


def why_the_writer_is_gone(folder: Path) -> Message:
    """Return what became of a writer that left without a word, as far as it can be known."""
    then, now = _then(folder), _now()
    if None in (then.boot, now.boot, then.ended_for_memory, now.ended_for_memory):
        return GONE
    if then.boot != now.boot:
        return MACHINE_RESTARTED
    return KILLED if then.ended_for_memory == now.ended_for_memory else MEMORY_SHORT


def _now() -> Machine:
    return Machine(machine.boot(), machine.ended_for_memory())


def _then(folder: Path) -> Machine:
    try:
        with open(folder / FILE, "rb") as file:
            return msgspec.json.decode(file.readline(SIZE), type=Machine)
    except (OSError, msgspec.DecodeError):  # none, or that of an earlier version
        return Machine()
