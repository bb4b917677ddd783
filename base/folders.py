"""Name the folders that hold a person's files. `RESIDUAL_HOME` moves all of them at once."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Return the user's data folder for runs, progress and caches. Does not create it."""
    moved = os.environ.get("RESIDUAL_HOME")
    return (
        Path(moved).expanduser() if moved else Path(platformdirs.user_data_dir("residual", False))
    )


def runs() -> Path:
    return home() / "runs"


def of_learner(profile: str) -> Path:
    """Return the folder of one learner of a class, with their runs, edits and preferences."""
    return home() / "learners" / profile


def queue() -> Path:
    return home() / "queue"


def caches() -> Path:
    return home() / "cache"


def progress() -> Path:
    return home() / "progress"
