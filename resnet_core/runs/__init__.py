"""Read and write the run folder: a log of events, and what follows from it.

    run.json       the experiment, versions and the data's fingerprint; written once
    lock           held by the living worker
    events.jsonl   append-only, one writer, one JSON object a line
    control.json   what the learner asks for, replaced atomically
    checkpoints/   the last two
    tb/            TensorBoard summaries
    reserve        there while a worker lives: room for the end on a full disk, and what explains
                   a worker that vanished
    worker.log     for people, never parsed

Nothing here needs TensorFlow. Reading never writes, so a full disk cannot hide a status. Other
rooms use `runs.create`, `runs.history` and `runs.status`; the files of this room are private.
"""

from resnet_core.runs.control import Control, control, request
from resnet_core.runs.deletion import delete, held
from resnet_core.runs.executor import EXECUTOR, LOCAL, executor
from resnet_core.runs.folder import (
    CHECKPOINTS,
    CONTROL,
    EVENTS,
    LOCK,
    LOG,
    SPEC,
    SUMMARIES,
    Run,
    RunError,
    cannot_write,
    create,
    every,
    load,
    locked,
)
from resnet_core.runs.log.events import Event
from resnet_core.runs.log.following import followed
from resnet_core.runs.log.history import SEED_DIVERGED, SEED_DONE, History, history, read_events
from resnet_core.runs.log.writing import Log
from resnet_core.runs.queue import (
    OF_CLASS,
    enter_queue,
    leave_queue,
    note_turn,
    queue_entries,
    queued_place,
    queued_run,
)
from resnet_core.runs.settings import Settings, configured, planned
from resnet_core.runs.status import DISK_FULL, Status, status

__all__ = [
    "CHECKPOINTS",
    "CONTROL",
    "DISK_FULL",
    "EVENTS",
    "EXECUTOR",
    "LOCAL",
    "LOCK",
    "LOG",
    "OF_CLASS",
    "SEED_DIVERGED",
    "SEED_DONE",
    "SPEC",
    "SUMMARIES",
    "Control",
    "Event",
    "History",
    "Log",
    "Run",
    "RunError",
    "Settings",
    "Status",
    "cannot_write",
    "configured",
    "control",
    "create",
    "delete",
    "enter_queue",
    "every",
    "executor",
    "followed",
    "held",
    "history",
    "leave_queue",
    "load",
    "locked",
    "note_turn",
    "planned",
    "queue_entries",
    "queued_place",
    "queued_run",
    "read_events",
    "request",
    "status",
]
