"""Where a person's files lie. `RESIDUAL_HOME` moves all of them at once."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The user's data folder: runs, progress, caches. Not created here."""
    moved = os.environ.get("RESIDUAL_HOME")
    return (
        Path(moved).expanduser() if moved else Path(platformdirs.user_data_dir("residual", False))
    )


def runs() -> Path:
    return home() / "runs"


def queue() -> Path:
    return home() / "queue"


def caches() -> Path:
    return home() / "cache"


def progress() -> Path:
    return home() / "progress"
