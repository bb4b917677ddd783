"""Turn errors of the progress file into sentences that say what to do."""

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
        return ProgressError(Message("progress.locked", {"path": path}))
    return cannot_write(Path(path), told)


DAMAGED = ("not a database", "malformed", "no such table", "no such column", "file is encrypted")


def damaged(path: str) -> ProgressError:
    return ProgressError(Message("progress.damaged", {"path": path}))


def cannot_write(path: Path, why: str) -> ProgressError:
    return ProgressError(Message("progress.cannot_write", {"path": str(path), "why": why}))


def foreign(path: str) -> ProgressError:
    return ProgressError(Message("progress.foreign", {"path": path}))


def too_new(path: str) -> ProgressError:
    return ProgressError(Message("progress.too_new", {"path": path}))


def bad_url(url: str) -> ProgressError:
    return ProgressError(Message("progress.bad_url", {"url": url}))


def bad_import() -> ProgressError:
    return ProgressError(Message("progress.bad_import"))


def too_much() -> ProgressError:
    return ProgressError(Message("progress.too_much"))


def no_driver(package: str) -> ProgressError:
    return ProgressError(Message("progress.no_driver", {"package": package}))


def database_away(named: str, why: str) -> ProgressError:
    return ProgressError(Message("progress.database_away", {"named": named, "why": why}))


def not_prepared(named: str, why: str) -> ProgressError:
    return ProgressError(Message("progress.not_prepared", {"named": named, "why": why}))


def dumped_elsewhere(named: str) -> ProgressError:
    return ProgressError(Message("progress.dumped_elsewhere", {"named": named}))


def no_roles(named: str) -> ProgressError:
    return ProgressError(Message("progress.no_roles", {"named": named}))


def too_many_rows(most: int) -> ProgressError:
    return ProgressError(Message("progress.too_many_rows", {"most": f"{most:,}"}))
