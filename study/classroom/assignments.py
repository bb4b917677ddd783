"""Record what a teacher assigns (questions, items, an experiment to predict) and what is done."""

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
    """Hold an assignment. `experiment` is a preset or empty; `given` is the day it was assigned."""

    id: str
    title: str
    due: date
    given: date
    questions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    experiment: str = ""


@dataclass(frozen=True)
class Task:
    """Hold one task. `kind` is question, item or experiment; `on` is the day it was done."""

    kind: str
    key: str
    on: date | None = None


def assign(store: Store, who: Person | None, **body: object) -> None:
    """Add an assignment: `title`, `due`, `questions`, `items`, `experiment`. Only teachers may."""
    rights.teacher(who)
    store.of(CLASS).append(Row("assignment", body=dict(body)))


def withdraw(store: Store, who: Person | None, assignment_id: str) -> None:
    """Withdraw an assignment. Only teachers may."""
    rights.teacher(who)
    store.of(CLASS).append(Row("undo", body={"undoes": assignment_id}))


def assignments(store: Store) -> list[Assignment]:
    """Return the assignments, the next due first."""
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
    """Return every task with the day on which a learner did it, from the rows that count.

    An item is done once it is answered after it was assigned, and a question once one of its items
    is. An experiment is done once a run of it was started with a prediction.
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
    """Return the learner's first prediction for the experiment, or None."""
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
    """Raise NotAllowed if an experiment is assigned, not yet due, and not yet predicted."""
    for one in known:
        waits = one.experiment == experiment and one.due >= today
        if waits and prediction_of(one, standing) is None:
            raise rights.NotAllowed(Message("class.predict_first", {"title": one.title}))
