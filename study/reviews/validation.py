"""Define for each kind what a row must hold before it is used.

Every row is checked here unless it was just made by this program: lines of an export, rows of
another database, rows that an older version or another program left in the file.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from base.messages import Message
from study.reviews.review import KINDS, Row

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)
DEEPEST = 20  # levels of nested lists and objects
LONGEST = 200_000  # characters of one row as JSON
NO_NUL = r"^[^\x00]*$"  # a NUL cannot be stored in a text of PostgreSQL

Text = Annotated[str, Meta(max_length=LONGEST)]
Share = Annotated[float, Meta(ge=0, le=1)]
Seconds = Annotated[float, Meta(ge=0, le=1e7)]
Amount = Annotated[float, Meta(ge=0, le=1e6)]
T = TypeVar("T")


class Body(Struct):
    """Name the fields that are checked. Other fields are kept unchecked."""

    day: date | None = None


class Review(Body, kw_only=True):
    rating: Literal[1, 2, 3, 4]
    correct: bool = False
    score: float | None = None
    confidence: Share | None = None
    seconds: Seconds | None = None
    graded_by: Text = ""
    drill: Text | None = None


class Undo(Body, kw_only=True):
    undoes: Text = ""


class Suspend(Body, kw_only=True):
    suspended: bool = True


class Plan(Body, kw_only=True):
    interview: Text | None = None
    retention: Amount = 0.9
    new_a_day: Amount = 0
    a_day: Amount = 0
    minutes: Amount | None = None

    def __post_init__(self) -> None:
        if self.interview:
            date.fromisoformat(self.interview)


class Mark(Struct, kw_only=True):
    question: Text
    path: list[Text]
    mark: Literal["strong", "partly", "weak"]
    seconds: Seconds
    notes: Text
    flags: list[Text]
    points: list[Text]
    confidence: Share | None = None


class Mock(Body, kw_only=True):
    session: Text
    seed: int
    minutes: Annotated[int, Meta(ge=1, le=600)]
    role: Literal["junior", "senior"]
    language: Literal["zh", "en"]
    mark: Mark | None = None
    ended: bool = False


class Member(Body, kw_only=True):
    name: Annotated[str, Meta(max_length=200)] = ""


class Assignment(Body, kw_only=True):
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    due: date
    questions: list[Text] = []
    items: list[Text] = []
    experiment: Text = ""


class Live(Body, kw_only=True):
    """A demonstration that is opened (`experiment`), or that starts (`of`, `run`, `counts`)."""

    experiment: Text = ""
    of: Text = ""
    run: Text = ""
    counts: dict[Text, Annotated[int, Meta(ge=0, le=10**6)]] = {}


class Prediction(Body, kw_only=True):
    run: Text = ""
    choice: Text = ""
    confidence: Share | None = None
    assignment: Text = ""
    experiment: Text = ""
    live: Text = ""


BODIES: dict[str, type[Body]] = {"review": Review, "undo": Undo, "suspend": Suspend}
BODIES |= {"plan": Plan, "mock": Mock, "prediction": Prediction}
BODIES |= {"member": Member, "assignment": Assignment, "live": Live}


class Entry(Struct):
    """Define the columns of a row, whose `body` is checked by its kind."""

    kind: Literal[KINDS]  # type: ignore[valid-type]
    id: Annotated[str, Meta(min_length=1, max_length=40, pattern=NO_NUL)]
    at: Annotated[datetime, Meta(tz=True)]
    item: Annotated[str, Meta(max_length=200, pattern=NO_NUL)] = ""
    version: Annotated[str, Meta(max_length=20, pattern=NO_NUL)] = ""
    profile: Annotated[str, Meta(min_length=1, max_length=120, pattern=NO_NUL)] = "local"
    body: dict[str, Any] = {}


class Refused(ValueError):  # noqa: N818 - the row is refused; nothing failed
    """Raised for a row that cannot be used; `field` names the place of the fault."""

    def __init__(self, field: str, why: str):
        super().__init__(f"{field}: {why}" if field else why)
        self.field = field


@dataclass(frozen=True)
class SetAside:
    """Name a row that is left out, by its place in the file or the log, and its fault."""

    place: int
    field: str

    @property
    def message(self) -> Message:
        """Return the sentence that names the place and the fault."""
        if not self.field:
            return Message("progress.aside_unreadable", {"place": self.place})
        values = {"place": self.place, "field": self.field}
        return Message("progress.aside_field", values)


def decoded(text: str | bytes) -> Any:
    """Return the JSON of a text. Raises Refused if it is invalid, too deep or too long."""
    if len(text) > LONGEST:
        raise Refused("", f"more than {LONGEST} characters")
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        raise Refused("", f"no JSON: {error}") from error


def row_from(told: Any) -> Row:
    """Return the row in a decoded object. Raises Refused if it cannot be used."""
    entry = _converted(told, Entry, "")
    return check(
        Row(
            entry.kind,
            entry.item,
            entry.version,
            entry.body,
            entry.profile,
            entry.id,
            told["at"],
        )
    )


def check(row: Row) -> Row:
    """Return the row itself. Raises Refused if it cannot be used."""
    _converted(row.columns(), Entry, "")
    if _deeper_than(row.body, DEEPEST):
        raise Refused("body", f"more than {DEEPEST} levels deep")
    _converted(row.body, BODIES.get(row.kind, Body), "body.")
    try:
        size = len(msgspec.json.encode(row.columns()))
        day = row.day
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused("body", str(error)) from error
    if size > LONGEST:
        raise Refused("body", f"more than {LONGEST} characters")
    if not FIRST_DAY < day < LAST_DAY:
        raise Refused("body.day", f"expected a day of this age, received {day}")
    return row


def _converted(told: Any, kind: type[T], inside: str) -> T:
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at `$.")
        raise Refused(inside + where.rstrip("`") if where else inside.rstrip("."), why) from error


def _deeper_than(told: Any, levels: int) -> bool:
    """Return whether lists and objects are nested deeper than `levels`, without recursion."""
    layer = [told]
    for _ in range(levels):
        layer = [
            inner
            for one in layer
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not layer:
            return False
    return True
