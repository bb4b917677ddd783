"""What goes wrong with the progress file, as sentences that say what to do."""

from pathlib import Path

from base.messages import Message, UserError


class ProgressError(UserError):
    """Raised for progress that cannot be read or kept."""


def in_words(path: str, error: BaseException | None) -> ProgressError:
    """Return a database's error as a sentence."""
    told = str(error)
    if isinstance(error, UnicodeError) or any(word in told for word in DAMAGED):
        return damaged(path)
    if "locked" in told or "busy" in told:
        english = f"The progress file {path} is in use by another program. Try again in a moment."
        return ProgressError(Message("progress.locked", {"path": path}, english))
    return cannot_write(Path(path), told)


DAMAGED = ("not a database", "malformed", "no such table", "no such column", "file is encrypted")


def damaged(path: str) -> ProgressError:
    english = (
        f"The progress file {path} is damaged. Restore a backup, or move the file away and "
        "start anew; nothing was written to it."
    )
    return ProgressError(Message("progress.damaged", {"path": path}, english))


def cannot_write(path: Path, why: str) -> ProgressError:
    english = f"Progress cannot be kept in {path}: {why}. Your answer is still on the page."
    return ProgressError(Message("progress.cannot_write", {"path": str(path), "why": why}, english))


def foreign(path: str) -> ProgressError:
    english = f"{path} is a database of another program. Name another file with RESIDUAL_DB."
    return ProgressError(Message("progress.foreign", {"path": path}, english))


def too_new(path: str) -> ProgressError:
    english = f"{path} was written by a later version of Residual. Update, or use another file."
    return ProgressError(Message("progress.too_new", {"path": path}, english))


def bad_url(url: str) -> ProgressError:
    english = (
        f"RESIDUAL_DB names no database that can be opened here: {url}. Write it as "
        "sqlite:////full/path/progress.sqlite, or remove the variable."
    )
    return ProgressError(Message("progress.bad_url", {"url": url}, english))


def bad_import() -> ProgressError:
    english = "This is not an export of Residual's review log. Nothing was imported."
    return ProgressError(Message("progress.bad_import", {}, english))


def too_much() -> ProgressError:
    english = "This file takes too long to read or is too large. Nothing was imported."
    return ProgressError(Message("progress.too_much", {}, english))
