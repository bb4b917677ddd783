"""Move deleted runs into a bin, from which they can be restored until it is emptied."""

import os
import shutil
from pathlib import Path

from base.messages import Message
from resnet_core import runs

BIN = "deleted-runs"  # beside the folder of the runs, so that moving there is one rename


def bin_of(root: Path) -> Path:
    """Return the bin of a folder of runs."""
    return root.with_name(BIN)


def throw(folder: Path) -> None:
    """Move a run into the bin. Raises RunError if it is in use or cannot be moved."""
    if runs.held(folder):
        raise runs.RunError(Message("runs.in_use", {"run": folder.name}))
    _move(folder, bin_of(folder.parent) / folder.name)


def restore(run_id: str, root: Path) -> None:
    """Put a run of the bin back. Raises RunError if a run with its id is already there."""
    thrown = bin_of(root) / Path(run_id).name
    if (root / thrown.name).exists():
        raise runs.RunError(Message("library.there_already", {"run": thrown.name}))
    _move(thrown, root / thrown.name)


def thrown(root: Path) -> list[runs.Run]:
    """Return the runs of the bin, newest first."""
    return runs.every(bin_of(root))


def empty(root: Path) -> None:
    """Delete everything in the bin for good. Raises RunError for what cannot be deleted."""
    place = bin_of(root)
    try:
        shutil.rmtree(place)
    except FileNotFoundError:
        return
    except OSError as error:
        why = error.strerror or str(error)
        values: dict[str, object] = {"folder": str(place), "why": why}
        raise runs.RunError(Message("runs.cannot_delete", values)) from error


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source, target)
    except FileNotFoundError:
        return  # another window was faster
    except OSError as error:
        raise runs.cannot_write(target.parent, error) from error
