"""Delete run folders, and say when one must not be deleted."""

import shutil
from pathlib import Path

from base.messages import Message
from resnet_core.runs.folder import LOCK, RunError, locked
from resnet_core.runs.queue import queued_place


def held(folder: Path) -> bool:
    """Say whether a worker has the run or will take it."""
    return queued_place(folder) is not None or locked(folder / LOCK)


def delete(folder: Path) -> None:
    """Delete a run with all it holds. Raises RunError where it is in use or cannot be deleted."""
    if held(folder):
        english = f"{folder.name} is in use: stop it first, then delete it."
        raise RunError(Message("runs.in_use", {"run": folder.name}, english))
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return  # another window was faster
    except OSError as error:
        why = error.strerror or str(error)
        english = f"{folder} could not be deleted: {why}."
        values: dict[str, object] = {"folder": str(folder), "why": why}
        raise RunError(Message("runs.cannot_delete", values, english)) from error
