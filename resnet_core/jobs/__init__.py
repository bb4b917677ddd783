"""Start, watch and steer training: one worker process per machine, and a queue before it.

Or, in the worker's place, the relay to a cluster (`cluster`) or the chief of several devices. They
are known by their module names only: this room never imports TensorFlow, and Ray only where it is
asked for. All truth lies in
files, so the page can be closed and the app restarted without a run noticing.
"""

from resnet_core.jobs.choice import choose_next, chosen_next
from resnet_core.jobs.estimates import (
    Estimate,
    estimate,
    note_speed,
    remaining,
    typical_preparing_seconds,
    typical_step_seconds,
)
from resnet_core.jobs.executors import Executor, ExecutorError, choose, executor
from resnet_core.jobs.executors import add_argument as add_executor_argument
from resnet_core.jobs.machine_speed import kind as machine_kind
from resnet_core.jobs.machine_speed import measured as machine_measured
from resnet_core.jobs.machine_speed import note as note_machine
from resnet_core.jobs.machines import lend, spread
from resnet_core.jobs.serving import COULD_NOT_START, hold
from resnet_core.jobs.steering import operate, pause, resume, set_rate, start, step, stop
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
    LINGER_S,
    TRIES,
    end_worker,
    ensure_worker,
    reap,
    shutdown,
    warm,
)

__all__ = [
    "COULD_NOT_START",
    "LINGER_S",
    "TRIES",
    "WORKER_LOCK",
    "WORKER_LOG",
    "WORKER_MODULE",
    "WORKER_STATE",
    "Estimate",
    "Executor",
    "ExecutorError",
    "Heart",
    "State",
    "add_executor_argument",
    "choose",
    "choose_next",
    "chosen_next",
    "end_worker",
    "ensure_worker",
    "estimate",
    "executor",
    "forget_failures",
    "hold",
    "lend",
    "machine_kind",
    "machine_measured",
    "note_machine",
    "note_failure",
    "note_speed",
    "operate",
    "pause",
    "reap",
    "remaining",
    "resume",
    "set_rate",
    "shutdown",
    "silence",
    "spread",
    "start",
    "step",
    "stop",
    "tell",
    "typical_preparing_seconds",
    "typical_step_seconds",
    "warm",
    "worker",
    "worker_state",
]
