"""What a teacher assigns: questions, items, an experiment to predict first; and what is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from base.messages import Message
from study.bank.question import Bank
from study.classroom import rights
from study.classroom.people import Person
from study.reviews.review import CLASS, Row
from study.reviews.storage.store import Store


@dataclass(frozen=True)
class Assignment:
    """`experiment` is the name of a preset, or empty; `given` the day on which it was assigned."""

    id: str
    title: str
    due: date
    given: date
    questions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    experiment: str = ""


@dataclass(frozen=True)
class Task:
    """One thing to do; `on` is the day on which it was done. `kind`: question, item, experiment."""

    kind: str
    key: str
    on: date | None = None


def assign(store: Store, who: Person | None, **body: object) -> None:
    """Add an assignment: `title`, `due`, `questions`, `items`, `experiment`. For teachers."""
    rights.teacher(who)
    store.of(CLASS).append(Row("assignment", body=dict(body)))


def withdraw(store: Store, who: Person | None, assignment_id: str) -> None:
    """Take an assignment back. For teachers."""
    rights.teacher(who)
    store.of(CLASS).append(Row("undo", body={"undoes": assignment_id}))


def assignments(store: Store) -> list[Assignment]:
    """Return what is assigned, the next due first."""
    rows = [row for row in store.of(CLASS).standing() if row.kind == "assignment"]
    found = [
        Assignment(
            row.id,
            row.body["title"],
            date.fromisoformat(row.body["due"]),
            row.day,
            tuple(row.body.get("questions", ())),
            tuple(row.body.get("items", ())),
            row.body.get("experiment", ""),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.due, one.given))


def tasks(assignment: Assignment, standing: Iterable[Row], bank: Bank) -> list[Task]:
    """Return every task with the day on which a learner did it, by the rows that stand.

    An item is done once it is answered after it was assigned, a question once one of its items is,
    the experiment once a run of it was started with a prediction.
    """
    first: dict[str, date] = {}
    for row in standing:
        if row.kind == "review" and row.day >= assignment.given:
            first.setdefault(row.item, row.day)
        if row.kind == "prediction" and row.body.get("assignment") == assignment.id:
            key = "experiment" if row.body.get("run") else "predicted"
            first.setdefault(key, row.day)
    found = []
    for question_id in assignment.questions:
        question = bank.get(question_id)
        days = [first[i.id] for i in question.items if i.id in first] if question else []
        found.append(Task("question", question_id, min(days, default=None)))
    found += [Task("item", item, first.get(item)) for item in assignment.items]
    if assignment.experiment:
        found.append(Task("experiment", assignment.experiment, first.get("experiment")))
    return found


def prediction_of(assignment: Assignment, standing: Iterable[Row]) -> Row | None:
    """Return what the learner predicted for the experiment; the first word counts."""
    return next(
        (
            row
            for row in standing
            if row.kind == "prediction" and row.body.get("assignment") == assignment.id
        ),
        None,
    )


def check_predicted(
    experiment: str, known: Sequence[Assignment], standing: Sequence[Row], today: date
) -> None:
    """Raise NotAllowed for an experiment that is assigned, not yet due, and not yet predicted."""
    for one in known:
        waits = one.experiment == experiment and one.due >= today
        if waits and prediction_of(one, standing) is None:
            raise rights.NotAllowed(Message("class.predict_first", {"title": one.title}))
