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
    """Return the folder of the run folders."""
    return home() / "runs"


def of_learner(profile: str) -> Path:
    """Return the folder of one learner of a class, with their runs, edits and preferences."""
    return home() / "learners" / profile


def of_class() -> Path:
    """Return the folder of what a class has in common: the runs of its demonstrations."""
    return home() / "class"


def queue() -> Path:
    """Return the folder of the queue, with one file for each waiting run."""
    return home() / "queue"


def caches() -> Path:
    """Return the folder of parsed data sets and other files that can be made again."""
    return home() / "cache"


def progress() -> Path:
    """Return the folder of the review log and its copies."""
    return home() / "progress"
