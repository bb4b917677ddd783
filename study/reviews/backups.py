"""Copy the progress file once a day, keeping the last seven copies, and once if it is damaged."""

import secrets
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from study.reviews.imports import rows_of_database
from study.reviews.storage.store import ProgressError, Store

KEPT = 7


def folder_of(path: Path) -> Path:
    return path.parent / "backups"


def copies(path: Path) -> list[Path]:
    """Return the daily copies, the newest first."""
    return sorted(folder_of(path).glob(f"{path.stem}-*.sqlite"), reverse=True)


def daily(store: Store, today: date) -> Path | None:
    """Make today's copy once. Return None if there is no file, or no room for a second one."""
    path = store.path
    if path is None:
        return None
    target = folder_of(path) / f"{path.stem}-{today.isoformat()}.sqlite"
    if not target.exists():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            store.backup(target)
        except (OSError, ProgressError):
            return None  # the first answer will report what cannot be written
        for old in copies(path)[KEPT:]:
            old.unlink(missing_ok=True)
    return target


def set_aside(path: Path) -> Path:
    """Move a damaged file and the files that belong to it out of the way. Return its new place."""
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    target = path.with_name(f"{path.stem}.damaged-{stamp}.sqlite")
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(target.with_name(target.name + suffix))
    return target


def restore(path: Path) -> Path | None:
    """Put the newest copy that can be read to its end in the place of a damaged file."""
    for copy in copies(path):
        try:
            rows_of_database(copy)
        except ProgressError:
            continue
        shutil.copyfile(copy, path)
        return copy
    return None
