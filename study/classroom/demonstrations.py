"""Hold a live demonstration: one experiment that a whole class first predicts and then follows.

A teacher opens it, the learners predict, and the teacher starts it. From then on nobody can
predict. What was predicted is counted once, at the start, and the counts are stored with the start.
A learner's page therefore reads only the rows of the class, however many learners there are, and
nobody reads who predicted what.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from base.messages import Message
from resnet_core.experiment.presets import PRESETS
from study.classroom import rights
from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from study.classroom.roll import learners
from study.reviews.review import CLASS, Row
from study.reviews.storage.store import Store

EQUAL = "equal"  # what may be predicted besides one of the arms


@dataclass(frozen=True)
class Demonstration:
    """Hold what is demonstrated now.

    `run` is empty until it starts. `counts` says how many learners had predicted what by then.
    """

    id: str
    experiment: str
    run: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[str, ...]:
        """Return what may be predicted: one of the arms, or that both come out about equal."""
        return (*PRESETS[self.experiment].arms, EQUAL)


def current(store: Store) -> Demonstration | None:
    """Return what is demonstrated now, or None."""
    rows = [row for row in store.of(CLASS).standing() if row.kind == "live"]
    opened = [row for row in rows if row.body.get("experiment") in PRESETS]
    if not opened:
        return None
    newest = opened[-1]
    found = Demonstration(newest.id, newest.body["experiment"])
    for row in rows:
        if row.body.get("of") == found.id:  # the first start counts
            return Demonstration(found.id, found.experiment, row.body["run"], row.body["counts"])
    return found


def begin(store: Store, who: Person | None, experiment: str) -> None:
    """Open an experiment for predictions. Only teachers may, and only one is open at a time."""
    rights.teacher(who)
    if current(store) is not None:
        raise NotAllowed(Message("class.live_one"))
    store.of(CLASS).append(Row("live", body={"experiment": experiment}))


def start(
    store: Store, who: Person | None, shown: Demonstration, run: str, counts: Mapping[str, int]
) -> None:
    """Record the run that everybody follows from now on, and the counts. Only teachers may."""
    rights.teacher(who)
    body: dict[str, Any] = {"of": shown.id, "run": run, "counts": dict(counts)}
    store.of(CLASS).append(Row("live", body=body))


def end(store: Store, who: Person | None, shown: Demonstration) -> None:
    """End the demonstration on every screen. Only teachers may."""
    rights.teacher(who)
    store.of(CLASS).append(Row("undo", body={"undoes": shown.id}))


def check_open(store: Store, who: Person | None, demonstration_id: str, choice: str) -> Person:
    """Return the learner who may predict this choice now. Raises NotAllowed once it has begun."""
    learner = rights.learner(who)
    shown = current(store)
    if shown is None or shown.id != demonstration_id or shown.run:
        raise NotAllowed(Message("class.live_begun"))
    if choice not in shown.choices or stated(shown, store.of(learner.profile).standing()):
        raise NotAllowed(Message("class.live_once"))
    return learner


def stated(shown: Demonstration, standing: Iterable[Row]) -> Row | None:
    """Return what a learner predicted for this demonstration."""
    return next(
        (row for row in standing if row.kind == "prediction" and row.body.get("live") == shown.id),
        None,
    )


def counted(store: Store, who: Person | None, shown: Demonstration) -> tuple[dict[str, int], int]:
    """Return how many learners predicted what so far, and how many are in the class.

    Only teachers may.
    """
    everyone = learners(store, who)
    rows = [stated(shown, store.of(profile).standing()) for profile in everyone]
    found = Counter(row.body["choice"] for row in rows if row is not None)
    return {choice: found[choice] for choice in shown.choices}, len(everyone)
