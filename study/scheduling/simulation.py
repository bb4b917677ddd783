"""Simulate what the plan gains on made-up learners against simpler ways: python -m study simulate.

Each learner is simulated several times from the same beginning: once with the plan, whose list is
requested anew after each answer as the page does, then with each other way with the same seconds on
every day. None of the ways knows how a learner forgets.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean, stdev

from study.reviews.memory_state import AGAIN, State, after_review, recall
from study.reviews.review import Row
from study.scheduling import queue
from study.scheduling.learners import KINDS, Kind, Learner
from study.scheduling.queue import Plan
from study.scheduling.readiness import Readiness, belief, readiness
from study.scheduling.syllabus import PRIOR, READING, Syllabus

BEGIN = date(2027, 1, 1)
GOOD = 3
WAYS = ("new first", "due first", "Anki", "random", "cram")
ANKI_NEW = 20  # new items a day, until two right answers in a row that day: Anki's defaults
CRAM_SHARE = 1 / 3  # share of the days, the last ones, in which all the time is spent
# How many of 100 items of the bank have each form, and how many items a question has.
FORMS = {"choice": 30, "number": 20, "recall": 10, "bug": 10, "answer": 10, "output": 10}
FORMS |= {"code": 5, "order": 5}
OF_A_QUESTION = 10


@dataclass(frozen=True)
class Course:
    """Hold the `days` to the interview, the `items` in the bank, and the minutes a day."""

    days: int
    items: int = 232
    minutes: int = 15

    @property
    def interview(self) -> date:
        return BEGIN + timedelta(days=self.days)

    @property
    def plan(self) -> Plan:
        return Plan(self.interview, minutes=self.minutes)

    @property
    def syllabus(self) -> Syllabus:
        """Return the syllabus of a bank with the forms of the real one, free recall last."""
        cycle = [form for form, count in FORMS.items() for _ in range(count // 5)]
        forms = [cycle[n * 7 % len(cycle)] for n in range(self.items)]
        ids = [f"q{n // OF_A_QUESTION}/{n}" for n in range(self.items)]
        return Syllabus(
            tuple(ids),
            {item: PRIOR[form] + READING for item, form in zip(ids, forms, strict=True)},
        )


@dataclass
class Learning:
    """Hold one learner's course: what they know, and what they answered."""

    learner: Learner
    course: Course
    rng: random.Random
    syllabus: Syllabus
    known: dict[str, State] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def answer(self, item: str, number: int) -> tuple[bool, float]:
        """Answer an item on a day. Return whether it was right, and the seconds it took."""
        day, place = BEGIN + timedelta(days=number), int(item.partition("/")[2])
        right = self.rng.random() < self.learner.chance(place, number)
        self.learner.study(place, number, right)
        rating = GOOD if right else AGAIN
        self.known[item] = after_review(self.known.get(item, State()), rating, day)
        body = {"rating": rating, "correct": right, "day": day.isoformat()}
        self.rows.append(Row("review", item, body=body, id="-", at="-"))
        return right, self.syllabus.takes(item) * math.exp(self.rng.gauss(-0.08, 0.4))

    def recalled(self) -> float:
        """Return the true mean chance on the day over all items; items never seen count 0."""
        chances = (self.chance(item) for item in self.known)
        return sum(chances) / self.course.items

    def chance(self, item: str) -> float:
        """Return the true chance of recalling an item on the interview day."""
        return self.learner.chance(int(item.partition("/")[2]), self.course.days)


Choose = Callable[[Learning, int, set[str]], str | None]


def by_plan(learner: Learner, course: Course, rng: random.Random) -> Learning:
    """Ask as the page does: take the day's list anew after each answer, until it is empty."""
    one = Learning(learner, course, rng, course.syllabus)
    for number in range(course.days):
        day, seconds, count = BEGIN + timedelta(days=number), 0.0, 0
        while asked := queue.today(
            one.syllabus.items, one.known, day, course.plan, one.syllabus
        ).all:
            seconds += one.answer(asked[0], number)[1]
            count += 1
        one.seconds.append(seconds)
        one.answers.append(count)
    return one


def _asked(one: Learning, day: date) -> tuple[str, ...]:
    return queue.today(one.syllabus.items, one.known, day, one.course.plan, one.syllabus).all


def another_way(
    way: str, learner: Learner, course: Course, rng: random.Random, seconds: list[float]
) -> Learning:
    """Ask in another way, for as long each day as the plan did; cramming saves the time up."""
    one = Learning(learner, course, rng, course.syllabus)
    begins = course.days - max(1, round(course.days * CRAM_SHARE)) if way == "cram" else 0
    left = 0.0  # time that one day overran is missing on the next
    for number in range(begins, course.days):
        left += sum(seconds) / (course.days - begins) if way == "cram" else seconds[number]
        for item in CHOICES[way](one, number):
            if left <= 0:
                break
            took = one.answer(item, number)[1]
            left -= took
            one.answers.append(1)
    return one


def _new_first(one: Learning, number: int) -> Iterable[str]:
    yield from _unseen(one)
    yield from _due(one, number)


def _due_first(one: Learning, number: int) -> Iterable[str]:
    yield from _due(one, number)
    yield from _unseen(one)


def _anki(one: Learning, number: int) -> Iterable[str]:
    """Ask 20 new items among the due ones. New and failed items repeat until right twice."""
    due, new = _due(one, number), _unseen(one)[:ANKI_NEW]
    every = max(1, len(due) // max(1, len(new)))
    mixed = [*due]
    for n, item in enumerate(new):
        mixed.insert(min(len(mixed), n * (every + 1)), item)
    steps = [(item, 2 if item in new else 1) for item in mixed]
    while steps:
        item, left = steps.pop(0)
        before = one.known.get(item, State()).lapses
        yield item
        failed = one.known[item].lapses > before
        left = 2 if failed else left - 1
        if left:
            steps.insert(min(10, len(steps)), (item, left))


def _random(one: Learning, number: int) -> Iterable[str]:
    items = list(one.syllabus.items)
    one.rng.shuffle(items)
    yield from items


def _cram(one: Learning, number: int) -> Iterable[str]:
    """Ask the bank from its first item to its last, repeatedly."""
    counts = {item: one.known.get(item, State()).reviews for item in one.syllabus.items}
    yield from sorted(one.syllabus.items, key=counts.__getitem__)


CHOICES: dict[str, Callable[[Learning, int], Iterable[str]]] = {
    "new first": _new_first,
    "due first": _due_first,
    "Anki": _anki,
    "random": _random,
    "cram": _cram,
}


def _unseen(one: Learning) -> list[str]:
    return [item for item in one.syllabus.items if item not in one.known]


def _due(one: Learning, number: int) -> list[str]:
    """Return the items due for FSRS at 90 %, least certain first."""
    day = BEGIN + timedelta(days=number)
    late = []
    for item, state in one.known.items():
        due_on = queue.due_day(state, one.course.plan)
        if due_on is not None and due_on <= day:
            late.append(item)
    return sorted(late, key=lambda item: recall(one.known[item], day))


@dataclass(frozen=True)
class Compared:
    """Hold one kind of learner and one course, with true recall on the day by way for each learner.

    `minutes` is the time that the plan took a day. `told` is the readiness announced after the last
    day.
    """

    kind: str
    course: Course
    recalled: dict[str, list[float]]
    minutes: list[float]
    told: list[Readiness]

    def gain(self, way: str) -> tuple[float, float]:
        """Return the plan's gain over a way in points, and half of its 95 % interval."""
        gains = [a - b for a, b in zip(self.recalled["plan"], self.recalled[way], strict=True)]
        return 100 * mean(gains), 196 * stdev(gains) / len(gains) ** 0.5

    @property
    def coverage(self) -> float:
        """Return the share of learners whose range contained a draw of the day."""
        return mean(
            one.low <= true <= one.high
            for one, true in zip(self.told, self.recalled["drawn"], strict=True)
        )

    @property
    def bias(self) -> float:
        """Return by how many points the readiness is above true recall on average."""
        pairs = zip(self.told, self.recalled["plan"], strict=True)
        return 100 * mean(one.mean - true for one, true in pairs)


def compare(kind: Kind, course: Course, learners: int, seed: int = 0) -> Compared:
    """Return the result of each way for a kind of learner and a course."""
    recalled: dict[str, list[float]] = {way: [] for way in ("plan", "drawn", *WAYS)}
    minutes, told = [], []
    for number in range(learners):
        name = f"{seed}/{kind.name}/{course.days}/{number}"
        one = by_plan(_learner(kind, course, name), course, random.Random(name + "/answers"))
        recalled["plan"].append(one.recalled())
        recalled["drawn"].append(drawn(one))
        minutes += [seconds / 60 for seconds in one.seconds]
        told.append(readiness_of(one))
        for way in WAYS:
            rng = random.Random(name + "/answers")
            other = another_way(way, _learner(kind, course, name), course, rng, one.seconds)
            recalled[way].append(other.recalled())
    return Compared(kind.name, course, recalled, minutes, told)


def readiness_of(one: Learning) -> Readiness:
    """Return what the page says about the interview day after the last day of learning."""
    return readiness(one.syllabus.items, one.known, belief(one.rows), one.course.interview)


def drawn(one: Learning) -> float:
    """Return the share that is right when every item seen is asked once on the day."""
    return sum(one.rng.random() < one.chance(item) for item in one.known) / one.course.items


def _learner(kind: Kind, course: Course, name: str) -> Learner:
    return kind.make(random.Random(name), course.items)


def table(found: list[Compared]) -> str:
    """Return true recall on the day in per cent by way, and the plan's gain over each."""
    lines = [
        f"| days | learners | plan | {' | '.join(WAYS)} | minutes a day |",
        f"|---:|---|---:|{'---:|' * len(WAYS)}---:|",
    ]
    for one in found:
        shares = []
        for way in WAYS:
            gain, error = one.gain(way)
            shares.append(f"{100 * mean(one.recalled[way]):.1f} ({gain:+.1f} ± {error:.1f})")
        lines.append(
            f"| {one.course.days} | {one.kind} | **{100 * mean(one.recalled['plan']):.1f}** "
            f"| {' | '.join(shares)} | {mean(one.minutes):.1f} |"
        )
    return "\n".join(lines)


def readiness_table(found: list[Compared]) -> str:
    """Return how often the range was right and how far its middle was off, by kind of learner."""
    lines = [
        "| days | learners | true recall | told | bias, points | range held | its width |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        width = mean(told.high - told.low for told in one.told)
        lines.append(
            f"| {one.course.days} | {one.kind} | {100 * mean(one.recalled['plan']):.1f} "
            f"| {100 * mean(told.mean for told in one.told):.1f} | {one.bias:+.1f} "
            f"| {100 * one.coverage:.0f} % | {100 * width:.0f} |"
        )
    return "\n".join(lines)


def load_table(minutes: Iterable[int], days: int, learners: int, seed: int = 0) -> str:
    """Return the minutes that a course of days really takes, by the minutes asked for."""
    lines = [
        "| minutes asked for | taken, mean | least | most | answers a day | begun | on the day |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for amount in minutes:
        course, taken, answers, seen, right = Course(days, minutes=amount), [], [], [], []
        for kind in KINDS:
            for number in range(max(1, learners // len(KINDS))):
                name = f"{seed}/{kind.name}/{amount}/{number}"
                one = by_plan(_learner(kind, course, name), course, random.Random(name))
                taken += [seconds / 60 for seconds in one.seconds]
                answers += one.answers
                seen.append(len(one.known))
                right.append(one.recalled())
        lines.append(
            f"| {amount} | {mean(taken):.1f} | {min(taken):.1f} | {max(taken):.1f} | "
            f"{mean(answers):.0f} | {mean(seen):.0f} of {course.items} "
            f"| {100 * mean(right):.0f} % |"
        )
    return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=200, help="over all kinds together")
    parser.add_argument(
        "--days",
        type=int,
        nargs="+",
        default=[7, 14, 30, 60],
        help="before the interview; several may be named",
    )
    parser.add_argument("--items", type=int, default=232, help="in the bank")
    parser.add_argument("--minutes", type=int, default=15, help="a day")
    parser.add_argument("--seed", type=int, default=0, help="of the learners and their luck")


def main(args: argparse.Namespace) -> int:
    each = max(2, args.learners // len(KINDS))
    found = [
        compare(kind, Course(days, args.items, args.minutes), each, args.seed)
        for days in args.days
        for kind in KINDS
    ]
    print(table(found), readiness_table(found), sep="\n\n")
    print()
    print(load_table((10, 15, 30), 30, args.learners // 4, args.seed))
    return 0
