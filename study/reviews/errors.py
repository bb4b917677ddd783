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
    english = f"{path} is a database of another program. Name another one with RESIDUAL_DATABASE."
    return ProgressError(Message("progress.foreign", {"path": path}, english))


def too_new(path: str) -> ProgressError:
    english = f"{path} was written by a later version of Residual. Update, or use another file."
    return ProgressError(Message("progress.too_new", {"path": path}, english))


def bad_url(url: str) -> ProgressError:
    english = (
        f"RESIDUAL_DATABASE names no database that can be opened here: {url}. Write it as "
        "sqlite:////full/path/progress.sqlite or postgresql+psycopg://user@host/name, or "
        "remove the variable."
    )
    return ProgressError(Message("progress.bad_url", {"url": url}, english))


def bad_import() -> ProgressError:
    english = "This is not an export of Residual's review log. Nothing was imported."
    return ProgressError(Message("progress.bad_import", {}, english))


def too_much() -> ProgressError:
    english = "This file takes too long to read or is too large. Nothing was imported."
    return ProgressError(Message("progress.too_much", {}, english))


def no_driver(package: str) -> ProgressError:
    english = (
        f"This database needs the package {package}, which is not installed. "
        "Install requirements-server.txt."
    )
    return ProgressError(Message("progress.no_driver", {"package": package}, english))


def database_away(named: str, why: str) -> ProgressError:
    english = (
        f"The database {named} does not take this: {why}. What you entered is still on the page; "
        "try again in a moment."
    )
    return ProgressError(Message("progress.database_away", {"named": named, "why": why}, english))


def not_prepared(named: str, why: str) -> ProgressError:
    english = (
        f"The database {named} refuses the role that the app logs in with: {why}. Its owner runs "
        "`python -m study database prepare --grant ROLE` once for each version."
    )
    return ProgressError(Message("progress.not_prepared", {"named": named, "why": why}, english))


def dumped_elsewhere(named: str) -> ProgressError:
    english = f"{named} is copied with pg_dump, not by the app: docs/hosting.md says how."
    return ProgressError(Message("progress.dumped_elsewhere", {"named": named}, english))


def no_roles(named: str) -> ProgressError:
    english = f"{named} is an SQLite file, which has no roles. Only PostgreSQL needs a grant."
    return ProgressError(Message("progress.no_roles", {"named": named}, english))


def too_many_rows(most: int) -> ProgressError:
    english = f"One learner's log holds at most {most:,} rows here. Nothing was added."
    return ProgressError(Message("progress.too_many_rows", {"most": f"{most:,}"}, english))
