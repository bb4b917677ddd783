"""python -m study simulate: does the plan for the interview day gain anything?

Each learner is met three times from the same beginning: by plain FSRS that asks what is due
before new items, by plain FSRS that asks new items first, and by the plan for the day. The plan
gives exactly as many answers on every day as the plain schedule it is compared with.
"""

import argparse
import random
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, stdev

from study.reviews.memory_state import AGAIN, State, after_review, recall
from study.scheduling import queue
from study.scheduling.learners import KINDS, Kind, Learner
from study.scheduling.queue import Plan

BEGIN = date(2027, 1, 1)
ORDERS = ("due first", "new first")
GOOD = 3


@dataclass(frozen=True)
class Course:
    """`days` to the interview, `items` in the bank, and the learner's daily limits."""

    days: int
    items: int = 100
    a_day: int = 20
    new_a_day: int = 8

    @property
    def ids(self) -> list[str]:
        return [f"{number}" for number in range(self.items)]


@dataclass(frozen=True)
class Outcome:
    """`recalled`: the learner's true mean chance of recall on the day, unseen items counting 0."""

    recalled: float
    answers: tuple[int, ...]


def plain(learner: Learner, course: Course, order: str, rng: random.Random) -> Outcome:
    """FSRS without a day to aim at; it says only what is due, so the order is named."""

    def choose(known: dict[str, State], day: date) -> list[str]:
        asked = queue.today(course.ids, known, day, _plan(course, None)).first
        if order == "new first":
            asked = sorted(asked, key=lambda item: item in known)
        return list(asked)[: course.a_day]

    return _followed(learner, course, rng, choose)


def aimed(learner: Learner, course: Course, answers: tuple[int, ...], rng) -> Outcome:
    """The plan for the day, with the number of answers given for every day."""
    plan = _plan(course, BEGIN + timedelta(days=course.days))

    def choose(known: dict[str, State], day: date) -> list[str]:
        asked = list(queue.today(course.ids, known, day, plan).first)
        others = [item for item in known if item not in asked]
        others.sort(key=lambda item: recall(known[item], day))
        return [*asked, *others][: answers[(day - BEGIN).days]]

    return _followed(learner, course, rng, choose)


def _plan(course: Course, interview: date | None) -> Plan:
    """Limits on the day's total are kept by who calls, so that both see the whole list."""
    return Plan(interview, new_a_day=course.new_a_day, a_day=10**6)


def _followed(learner: Learner, course: Course, rng: random.Random, choose) -> Outcome:
    known: dict[str, State] = {}
    answers = []
    for number in range(course.days):
        day = BEGIN + timedelta(days=number)
        chosen = choose(known, day)
        for item in chosen:
            right = rng.random() < learner.chance(int(item), number)
            learner.study(int(item), number, right)
            rating = GOOD if right else AGAIN
            known[item] = after_review(known.get(item, State()), rating, day)
        answers.append(len(chosen))
    recalled = sum(learner.chance(int(item), course.days) for item in known) / course.items
    return Outcome(recalled, tuple(answers))


@dataclass(frozen=True)
class Compared:
    """One kind of learner, one day, one order: true recall on the day, one pair a learner."""

    kind: str
    days: int
    order: str
    plain: tuple[float, ...]
    aimed: tuple[float, ...]
    answers: float

    @property
    def gains(self) -> list[float]:
        return [b - a for a, b in zip(self.plain, self.aimed, strict=True)]

    @property
    def error(self) -> float:
        """Half of the 95 % interval of the mean gain."""
        return 1.96 * stdev(self.gains) / len(self.gains) ** 0.5


def compare(kind: Kind, course: Course, order: str, learners: int, seed: int = 0) -> Compared:
    before, after, answers = [], [], []
    for number in range(learners):
        name = f"{seed}/{kind.name}/{number}"
        one = plain(_learner(kind, course, name), course, order, random.Random(name + "/answers"))
        learner = _learner(kind, course, name)
        other = aimed(learner, course, one.answers, random.Random(name + "/answers"))
        if one.answers != other.answers:
            raise AssertionError("the plan did not give as many answers as the plain schedule")
        before.append(one.recalled)
        after.append(other.recalled)
        answers.append(sum(one.answers))
    return Compared(kind.name, course.days, order, tuple(before), tuple(after), mean(answers))


def _learner(kind: Kind, course: Course, name: str) -> Learner:
    return kind.make(random.Random(name), course.items)


def table(found: list[Compared]) -> str:
    lines = [
        "| days | learners | plain asks | answers | plain | plan | gain (95 %) | better for |",
        "|---:|---|---|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        better = sum(gain > 0 for gain in one.gains)
        lines.append(
            f"| {one.days} | {one.kind} | {one.order} | {one.answers:.0f} "
            f"| {_spread(one.plain)} | {_spread(one.aimed)} "
            f"| {100 * mean(one.gains):+.1f} ± {100 * one.error:.1f} "
            f"| {better} of {len(one.gains)} |"
        )
    return "\n".join(lines)


def _spread(values: tuple[float, ...]) -> str:
    return f"{100 * mean(values):.1f} ± {100 * stdev(values):.1f}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=200, help="over all kinds together")
    parser.add_argument(
        "--days",
        type=int,
        nargs="+",
        default=[7, 14, 30, 60, 90],
        help="before the interview; several may be named",
    )
    parser.add_argument("--items", type=int, default=100, help="in the bank")
    parser.add_argument("--a-day", type=int, default=20, help="answers at most")
    parser.add_argument("--new-a-day", type=int, default=8, help="new items at most")
    parser.add_argument("--seed", type=int, default=0, help="of the learners and their luck")


def main(args: argparse.Namespace) -> int:
    each = max(2, args.learners // len(KINDS))
    found = []
    for days in args.days:
        course = Course(days, args.items, args.a_day, args.new_a_day)
        for kind in KINDS:
            for order in ORDERS:
                found.append(compare(kind, course, order, each, args.seed))
    print(table(found))
    return 0
