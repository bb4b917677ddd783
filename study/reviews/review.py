"""Define one row of the review log, which records what a learner did and when."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

OF_A_CLASS = ("member", "assignment", "live")  # written by the server, taken in from no file
KINDS = ("review", "undo", "bury", "suspend", "reset", "plan", "mock", "prediction", *OF_A_CLASS)
LOCAL = "local"
CLASS = "class"  # whose rows are assignments and demonstrations: no learner's profile
DAY_BEGINS = timedelta(hours=4)  # who learns past midnight still learns today


def new_id() -> str:
    return secrets.token_hex(12)


def utc_now() -> str:
    """Return the time in ISO 8601 with its zone, which SQLite would drop and fsrs requires."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def day_of(moment: datetime) -> date:
    """Return the learner's day at a moment, in the learner's zone."""
    return (moment.replace(tzinfo=None) - DAY_BEGINS).date()


@dataclass(frozen=True)
class Row:
    """Hold one row of the log.

    `body` holds what the kind needs (see `validation`): answer, score, rating, confidence, seconds,
    and `day`, the learner's own day, so that no later change of zone or clock moves it.
    """

    kind: str
    item: str = ""
    version: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    profile: str = LOCAL
    id: str = field(default_factory=new_id)
    at: str = field(default_factory=utc_now)

    @cached_property
    def day(self) -> date:
        """Return the learner's day of the row, or that of its time if it names none."""
        told = self.body.get("day")
        return date.fromisoformat(told) if told else day_of(self.moment)

    @cached_property
    def moment(self) -> datetime:
        """Return the time of the row, with its zone."""
        return datetime.fromisoformat(self.at)

    def columns(self) -> dict[str, Any]:
        """Return the row by the names of its columns, as an export writes it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def moved_to(self, day: date, at: str) -> "Row":
        """Return the same row on another day, for a row whose clock was wrong."""
        return replace(self, body={**self.body, "day": day.isoformat()}, at=at)


def counted(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that count: without undone ones, and without those before a full reset.

    Plans survive a reset, because the interview day is not something that was learnt.
    """
    rows = list(rows)
    undone = {row.body.get("undoes") for row in rows if row.kind == "undo"}
    standing = [row for row in rows if row.kind != "undo" and row.id not in undone]
    resets = [i for i, row in enumerate(standing) if row.kind == "reset" and not row.item]
    if not resets:
        return standing
    last = resets[-1]
    return [row for row in standing[:last] if row.kind == "plan"] + standing[last + 1 :]
