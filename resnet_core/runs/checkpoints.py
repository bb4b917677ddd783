"""Checkpoints of a run: whole or not at all, the last two kept, a damaged one passed over."""

import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

KEPT = 2


def save(folder: Path, step: int, arrays: dict[str, np.ndarray]) -> None:
    """`arrays` of a run after `step` steps, as `folder`/step-N.npz. Raises OSError when full."""
    folder.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / f"step-{step:08d}.npz")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def latest(folder: Path) -> tuple[int, dict[str, np.ndarray]] | None:
    """(step, arrays) of the newest checkpoint that can be read, or None."""
    for path in _newest_first(folder):
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as stored:
                return int(path.stem.removeprefix("step-")), {k: stored[k] for k in stored.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            continue  # cut short by a power failure; the one before it is whole
    return None


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("step-*.npz"), reverse=True)
