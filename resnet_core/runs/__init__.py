"""The run folder: a log of events, and what can be derived from it.

    run.json       the experiment, versions and the data's fingerprint; written once
    lock           held by the living worker
    events.jsonl   append-only, one writer, one JSON object a line
    control.json   what the learner wants, replaced atomically
    checkpoints/   the last two
    tb/            TensorBoard summaries
    worker.log     for people, never parsed

Nothing here needs TensorFlow, and reading never writes: a full disk cannot hide a status. Callers
write `runs.create`, `runs.history`, `runs.status`; the files of this room are its own business.
"""

from resnet_core.runs.control import Wish, set_wish, wish
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
    create,
    every,
    load,
    locked,
)
from resnet_core.runs.log import History, Log, history, read_events
from resnet_core.runs.queue import enter_queue, leave_queue, queue_entries, queued_place
from resnet_core.runs.status import Status, held, status

__all__ = [
    "CHECKPOINTS",
    "CONTROL",
    "EVENTS",
    "LOCK",
    "LOG",
    "SPEC",
    "SUMMARIES",
    "History",
    "Log",
    "Run",
    "RunError",
    "Status",
    "Wish",
    "create",
    "enter_queue",
    "every",
    "held",
    "history",
    "leave_queue",
    "load",
    "locked",
    "queue_entries",
    "queued_place",
    "read_events",
    "set_wish",
    "status",
    "wish",
]
