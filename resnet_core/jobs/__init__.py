"""Start, watch and steer training: one worker process per machine, and a queue before it.

The worker is known by its module name only: this room never imports TensorFlow. All truth lies in
files, so the page can be closed and the app restarted without a run noticing.
"""

from resnet_core.jobs.estimates import Estimate, estimate, note_speed, remaining
from resnet_core.jobs.steering import pause, resume, set_rate, set_skips, start, step, stop
from resnet_core.jobs.worker_files import (
    WORKER_LOCK,
    WORKER_LOG,
    WORKER_MODULE,
    WORKER_STATE,
    Heart,
    State,
    forget_failures,
    note_failure,
    silence,
    tell,
    worker,
    worker_state,
)
from resnet_core.jobs.worker_process import (
    COULD_NOT_START,
    LINGER_S,
    end_worker,
    ensure_worker,
    reap,
    shutdown,
    warm,
)

__all__ = [
    "COULD_NOT_START",
    "LINGER_S",
    "WORKER_LOCK",
    "WORKER_LOG",
    "WORKER_MODULE",
    "WORKER_STATE",
    "Estimate",
    "Heart",
    "State",
    "end_worker",
    "ensure_worker",
    "estimate",
    "forget_failures",
    "note_failure",
    "note_speed",
    "pause",
    "reap",
    "remaining",
    "resume",
    "set_rate",
    "set_skips",
    "shutdown",
    "silence",
    "start",
    "step",
    "stop",
    "tell",
    "warm",
    "worker",
    "worker_state",
]
