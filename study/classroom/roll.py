"""Tell who is in the class and what each did, for a teacher or for the learners themselves.

It does not include what a learner typed, said or noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from study.bank.question import Bank
from study.classroom import rights
from study.classroom.assignments import Assignment, tasks
from study.classroom.people import Person
from study.reviews.learner_log import LearnerLog
from study.reviews.review import CLASS, LOCAL, Row
from study.reviews.storage.store import Store
from study.scheduling.statistics import calibration

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """Hold the figures of one learner.

    `right` is the share of right answers, and `over` is how much the stated confidence exceeds it;
    each is None before there is an answer to count. `done` of `asked` tasks are done, `late` of
    them after the day.
    """

    profile: str
    name: str
    answers: int
    this_week: int
    right: float | None
    over: float | None
    runs: int
    done: int
    asked: int
    late: int
    last: date | None


def join(log: LearnerLog, who: Person) -> None:
    """Record the name of somebody who enters, once, and again when it changes."""
    if who.teacher:
        return
    known = [row.body.get("name") for row in log.standing() if row.kind == "member"]
    if not known or known[-1] != who.name:
        log.append(Row("member", body={"name": who.name}))


def learners(store: Store, who: Person | None) -> list[str]:
    """Return the profiles of the class. Only teachers may."""
    rights.teacher(who)
    return [one for one in store.profiles() if one not in (LOCAL, CLASS) and _is_member(store, one)]


def standing(log: LearnerLog, known: Sequence[Assignment], bank: Bank, today: date) -> Standing:
    """Return what the teacher sees of one learner."""
    rows = log.standing()
    answered = [row for row in rows if row.kind == "review"]
    judged = calibration(answered)
    every = [(one, task) for one in known for task in tasks(one, rows, bank)]
    done = [(one, task.on) for one, task in every if task.on is not None]
    names = [row.body.get("name", "") for row in rows if row.kind == "member"]
    return Standing(
        log.profile,
        names[-1] if names else "",
        len(answered),
        sum(row.day > today - WEEK for row in answered),
        _right(answered),
        judged.over if judged else None,
        len({row.body.get("run") for row in rows if row.kind == "prediction"} - {"", None}),
        len(done),
        len(every),
        sum(on > one.due for one, on in done),
        answered[-1].day if answered else None,
    )


def _right(answered: Sequence[Row]) -> float | None:
    if not answered:
        return None
    return sum(bool(row.body.get("correct")) for row in answered) / len(answered)


def _is_member(store: Store, profile: str) -> bool:
    return any(row.kind == "member" for row in store.of(profile).standing())
