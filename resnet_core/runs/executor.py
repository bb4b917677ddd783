"""Who trains what this process puts into the queue: this machine, a cluster, or many devices.

RESIDUAL_EXECUTOR names it, `local` if it is unset. Each has its own entries in the queue, so that
the worker of this machine and the relay to a cluster may serve one data folder side by side.
"""

import os

from base.messages import Message
from resnet_core.runs.folder import RunError

EXECUTOR = "RESIDUAL_EXECUTOR"
LOCAL = "local"
SUFFIX = {LOCAL: ".run", "ray": ".ray", "devices": ".devices"}  # of the files in the queue


def executor() -> str:
    """Return the executor that this process has chosen. Raises RunError for an unknown one."""
    name = os.environ.get(EXECUTOR) or LOCAL
    if name not in SUFFIX:
        values: dict[str, object] = {"name": name, "known": ", ".join(SUFFIX)}
        raise RunError(Message("runs.unknown_executor", values))
    return name
