"""Compute the learner's standing in each question, if there is a review log."""

from collections.abc import Mapping
from dataclasses import dataclass

from study.bank.question import Bank
from study.scheduling.standing import NEW, READ, Standing, standing
from ui.reading import read_marks
from ui.shared import review_log


@dataclass(frozen=True)
class Standings:
    """Hold the standing in each question, by its id."""

    of: Mapping[str, Standing]

    def recall(self) -> dict[str, float]:
        """Return the chance of recall of the questions that were answered."""
        return {id: one.recall for id, one in self.of.items() if one.recall is not None}


def standings(bank: Bank) -> Standings:
    """Return the standings of the learner; without a review log, only what was read."""
    read = read_marks.read()
    store = review_log.the_store() if review_log.begun() else None
    if store is None:
        return Standings({q.id: Standing(READ if q.id in read else NEW) for q in bank.questions})
    from study.scheduling.queue import plan_of

    known, day, plan = store.states(), review_log.today(), plan_of(store.plans())
    return Standings(
        {q.id: standing(q, known, day, plan, read=q.id in read) for q in bank.questions}
    )
