"""Read which devices a run is to be trained on, and this machine's place among several.

RESIDUAL_DEVICES says how many GPUs of each machine. TF_CONFIG names the machines, as TensorFlow
defines it; Ray Train and other launchers set it.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from base.messages import Message
from resnet_core import runs
from resnet_core.jobs.executors import DEVICES, ExecutorError, choose, executor

COUNT, ALL = "RESIDUAL_DEVICES", "all"
MACHINES = "TF_CONFIG"
KINDS = ("chief", "worker")  # of machines that train, in TensorFlow's order
FOLLOWER = "resnet_core.nn.devices.follower"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """Hold whether this machine is the first of its cluster, and how many there are."""

    is_chief: bool
    machines: int


def place() -> Place | None:
    """Return this machine's place, or None if TF_CONFIG names no other machine.

    Raises ExecutorError for a TF_CONFIG that TensorFlow would not understand.
    """
    told = os.environ.get(MACHINES)
    if not told:
        return None
    try:
        config = json.loads(told)
        cluster, task = config.get("cluster", {}), config.get("task", {})
        places = [(kind, index) for kind in KINDS for index, _ in enumerate(cluster.get(kind, []))]
        if len(places) < 2:
            return None
        own = (task["type"], int(task["index"]))
        return Place(places.index(own) == 0, len(places))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExecutorError(Message("runs.bad_tf_config", {"why": str(error)})) from error


def devices() -> str:
    """Return "all" or a number of GPUs. Raises ExecutorError for anything else."""
    told = os.environ.get(COUNT) or ALL
    if told != ALL and not (told.isdecimal() and int(told) > 0):
        raise ExecutorError(Message("runs.bad_devices", {"value": told}))
    return told


def spread(count: str | None, on: str | None) -> bool:
    """Spread this process's runs over devices if `--devices` or TF_CONFIG asks for it.

    `on` is what `--on` says. Return whether this machine only lends its devices to the run of
    another one. Raises ExecutorError.
    """
    if count is not None and on not in (None, DEVICES.name):
        raise ExecutorError(Message("runs.devices_elsewhere", {"on": on}))
    unsaid = on is None and not os.environ.get(runs.EXECUTOR)
    if count is not None or (unsaid and place() is not None):
        choose(DEVICES.name)
    if count is not None:
        os.environ[COUNT] = count
    if executor() is not DEVICES:
        return False
    devices()  # refuse a bad number before anything is started
    own = place()
    return own is not None and not own.is_chief


def lend() -> int:
    """Compute for the chief until its run has ended. Return the exit status of the process."""
    environment = {**os.environ, **DEVICES.environment}
    return subprocess.run([sys.executable, "-m", FOLLOWER], cwd=ROOT, env=environment).returncode
