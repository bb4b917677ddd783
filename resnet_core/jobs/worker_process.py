"""The one worker process of a machine: started, looked at, dismissed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from base import folders
from resnet_core import runs

WORKER_MODULE = "resnet_core.nn.training.worker"
WORKER_LOCK, WORKER_STATE, WORKER_LOG = "worker.lock", "worker.json", "worker.log"
LINGER_S = 600.0
_children: list[subprocess.Popen] = []


def tend(linger: float = LINGER_S) -> None:
    """Start a worker if a run waits and none lives. Whoever looks at the queue calls this."""
    reap()
    if runs.queue_entries() and not runs.locked(folders.home() / WORKER_LOCK):
        _spawn(linger)


def warm() -> None:
    """Have a worker import TensorFlow and trace the demonstration before Start is pressed."""
    reap()
    if not _children and not runs.locked(folders.home() / WORKER_LOCK):
        _spawn(LINGER_S)


def worker_state() -> str:
    """none, starting, ready or busy."""
    if not runs.locked(folders.home() / WORKER_LOCK):
        return "none"
    try:
        return str(json.loads((folders.home() / WORKER_STATE).read_text("utf-8"))["state"])
    except (OSError, ValueError, KeyError):
        return "starting"


def dismiss() -> None:
    """Ask the worker to go; a run it trains is set aside with a checkpoint."""
    if runs.locked(folders.home() / WORKER_LOCK):
        import psutil

        try:
            told = json.loads((folders.home() / WORKER_STATE).read_text("utf-8"))
            process = psutil.Process(int(told["pid"]))
            if WORKER_MODULE in process.cmdline():
                process.terminate()
        except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
            return  # it is going already


def _spawn(linger: float) -> None:
    home = folders.home()
    home.mkdir(parents=True, exist_ok=True)
    apart = (
        {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    root = Path(__file__).resolve().parents[2]
    with open(home / WORKER_LOG, "ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", WORKER_MODULE, "--linger", str(linger)],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"},
            **apart,
        )
    _children.append(child)


def reap() -> int:
    """Workers started from this process that still live; the ended ones leave no zombie."""
    _children[:] = [child for child in _children if child.poll() is None]
    return len(_children)
