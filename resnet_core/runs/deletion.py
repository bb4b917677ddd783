"""Delete run folders, and tell when one must not be deleted."""

import shutil
from pathlib import Path

from base.messages import Message
from resnet_core.runs.folder import LOCK, RunError, locked
from resnet_core.runs.queue import queued_place


def held(folder: Path) -> bool:
    """Return whether a worker trains the run or will."""
    return queued_place(folder) is not None or locked(folder / LOCK)


def delete(folder: Path) -> None:
    """Delete a run with its whole folder. Raises RunError if it is in use or cannot be deleted."""
    if held(folder):
        raise RunError(Message("runs.in_use", {"run": folder.name}))
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return  # another window was faster
    except OSError as error:
        why = error.strerror or str(error)
        values: dict[str, object] = {"folder": str(folder), "why": why}
        raise RunError(Message("runs.cannot_delete", values)) from error
