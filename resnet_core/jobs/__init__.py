"""Start, watch and steer training: one worker process per machine, and a queue before it.

The worker is known by its module name only: this room never imports TensorFlow. All truth lies in
files, so the page can be closed and the app restarted without a run noticing.
"""

from resnet_core.jobs.estimate import Estimate, estimate, note_speed
from resnet_core.jobs.steering import pause, resume, set_rate, start, step, stop
from resnet_core.jobs.worker_process import (
    LINGER_S,
    WORKER_LOCK,
    WORKER_LOG,
    WORKER_MODULE,
    WORKER_STATE,
    dismiss,
    reap,
    tend,
    warm,
    worker_state,
)

__all__ = [
    "LINGER_S",
    "WORKER_LOCK",
    "WORKER_LOG",
    "WORKER_MODULE",
    "WORKER_STATE",
    "Estimate",
    "dismiss",
    "estimate",
    "note_speed",
    "pause",
    "reap",
    "resume",
    "set_rate",
    "start",
    "step",
    "stop",
    "tend",
    "warm",
    "worker_state",
]
