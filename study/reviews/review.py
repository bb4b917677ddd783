"""One row of the review log: something a learner did, and when."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

KINDS = ("review", "undo", "bury", "suspend", "reset", "plan", "mock", "prediction")
LOCAL = "local"
DAY_BEGINS = timedelta(hours=4)  # who learns past midnight still learns today


def new_id() -> str:
    return secrets.token_hex(12)


def utc_now() -> str:
    """ISO 8601 with the zone in it: SQLite would drop it, and fsrs refuses naive times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def day_of(moment: datetime) -> date:
    """The learner's day of a moment in the learner's zone."""
    return (moment.replace(tzinfo=None) - DAY_BEGINS).date()


@dataclass(frozen=True)
class Row:
    """`body` holds what the kind needs: answer, score, rating, graded_by, confidence, seconds,
    and `day`, the learner's own day, so that no later change of zone or clock moves it.
    """

    kind: str
    item: str = ""
    version: str = ""
    body: dict = field(default_factory=dict)
    profile: str = LOCAL
    id: str = field(default_factory=new_id)
    at: str = field(default_factory=utc_now)

    @property
    def day(self) -> date:
        told = self.body.get("day")
        return date.fromisoformat(told) if told else datetime.fromisoformat(self.at).date()

    def check(self) -> None:
        """Raises ValueError or TypeError where a row is not one that could be folded."""
        texts = (self.kind, self.item, self.version, self.profile, self.id, self.at)
        if not all(isinstance(text, str) for text in texts) or not isinstance(self.body, dict):
            raise TypeError("expected texts and a body")
        for text in texts:
            text.encode()  # half a surrogate pair is no text
        if self.kind not in KINDS:
            raise ValueError(f"expected a kind of {KINDS}, received {self.kind!r}")
        if datetime.fromisoformat(self.at).tzinfo is None:
            raise ValueError(f"expected a time with its zone, received {self.at!r}")
        if not date(1970, 1, 2) < self.day < date(9000, 1, 1):
            raise ValueError(f"expected a day of this age, received {self.day}")
        check = {"review": self._check_review, "plan": self._check_plan, "mock": self._check_mock}
        check.get(self.kind, lambda: None)()

    def _check_review(self) -> None:
        if self.body.get("rating") not in (1, 2, 3, 4):
            raise ValueError(f"expected a rating of 1 to 4, received {self.body.get('rating')!r}")
        _check_confidence(self.body)

    def _check_plan(self) -> None:
        date.fromisoformat(self.body.get("interview") or "2000-01-01")
        for name in ("retention", "new_a_day", "a_day"):
            if not 0 <= float(self.body.get(name, 1)) <= 1e6:
                raise ValueError(f"expected a {name}, received {self.body[name]!r}")

    def _check_mock(self) -> None:
        told = self.body
        _check_types(told, {"session": str, "seed": int, "minutes": int})
        if told.get("role") not in ("junior", "senior") or told.get("language") not in ("zh", "en"):
            raise ValueError("expected a role and a language")
        if told.get("mark"):
            _check_types(told["mark"], MARK_TYPES)
            _check_confidence(told["mark"])


MARK_TYPES = {
    "question": str,
    "path": list,
    "mark": str,
    "seconds": int | float,
    "notes": str,
    "flags": list,
    "points": list,
}


def _check_confidence(told: dict) -> None:
    stated = told.get("confidence")
    if stated is not None and not 0 <= stated <= 1:
        raise ValueError(f"expected a confidence of 0 to 1, received {stated!r}")


def _check_types(told: dict, wanted: dict) -> None:
    wrong = [name for name, kind in wanted.items() if not isinstance(told.get(name), kind)]
    if wrong:
        raise TypeError(f"expected other types of {wrong}")


def counted(rows: list[Row]) -> list[Row]:
    """Rows that stand: without undone ones, and without what came before a reset of everything.

    Plans stand through a reset: the interview day is not something that was learnt.
    """
    undone = {row.body.get("undoes") for row in rows if row.kind == "undo"}
    standing = [row for row in rows if row.kind != "undo" and row.id not in undone]
    resets = [i for i, row in enumerate(standing) if row.kind == "reset" and not row.item]
    if not resets:
        return standing
    last = resets[-1]
    return [row for row in standing[:last] if row.kind == "plan"] + standing[last + 1 :]
