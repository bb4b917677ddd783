"""Compute statistics of the review log: amount, success and calibration. All of it is pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from study.bank.question import Bank
from study.reviews.memory_state import NEVER, State, recall
from study.reviews.review import Row, counted
from study.scheduling.queue import Plan, due_day

CHANCE = 0.05  # probability that a good judge is named for any of the topics
SUREST = 0.97  # nobody is expected to be surer: a slip of the finger is no misjudgement
ENOUGH = 5
LATEST = 60  # answers of a topic that are used, so that they show the present
LEECH = 4  # failures after which an item is named


@dataclass(frozen=True)
class Calibration:
    """Hold how well the stated confidence fits the outcomes.

    `brier` is the mean squared difference of the two: 0 is perfect, and always saying 50 % gives
    0.25. `bins` are (stated, correct share, answers).
    """

    brier: float
    answers: int
    bins: tuple[tuple[float, float, int], ...]

    @property
    def stated(self) -> float:
        """Return the mean stated confidence."""
        return sum(stated * count for stated, _, count in self.bins) / self.answers

    @property
    def right(self) -> float:
        """Return the share of right answers."""
        return sum(share * count for _, share, count in self.bins) / self.answers

    @property
    def over(self) -> float:
        """Return by how much the stated confidence exceeds the outcomes; below 0 it is too low."""
        return self.stated - self.right


def reviews(rows: list[Row]) -> list[Row]:
    """Return the answers that count."""
    return [row for row in counted(rows) if row.kind == "review"]


def calibration(answered: list[Row]) -> Calibration | None:
    """Return the calibration, or None before any answer with a stated confidence."""
    outcomes: dict[float, list[bool]] = defaultdict(list)
    for row in answered:
        if row.body.get("confidence") is not None:
            outcomes[float(row.body["confidence"])].append(bool(row.body.get("correct")))
    if not outcomes:
        return None
    total = sum(len(found) for found in outcomes.values())
    square = sum((said - right) ** 2 for said, found in outcomes.items() for right in found)
    bins = tuple(
        (said, sum(found) / len(found), len(found)) for said, found in sorted(outcomes.items())
    )
    return Calibration(square / total, total, bins)


def overconfident(answered: list[Row], bank: Bank) -> list[tuple[str, Calibration]]:
    """Return the topics with more overconfidence than chance explains, worst first.

    For each topic the test is how probable so few right answers are if every stated confidence were
    true.
    """
    topics = {item.id: question.topic for question in bank.questions for item in question.items}
    by_topic: dict[str, list[Row]] = defaultdict(list)
    for row in answered:
        if row.item in topics and row.body.get("confidence") is not None:
            by_topic[topics[row.item]].append(row)
    found = []
    for topic, every in by_topic.items():
        own = every[-LATEST:]
        judged = calibration(own)
        if judged and judged.answers >= ENOUGH and _by_chance(own) < CHANCE / len(by_topic):
            found.append((topic, judged))
    return sorted(found, key=lambda pair: -pair[1].over)


def _by_chance(answered: list[Row]) -> float:
    """Return the probability of this few right answers or fewer if the confidences are true."""
    ways = [1.0]  # the chance of each number of right answers
    for row in answered:
        said = min(SUREST, float(row.body["confidence"]))
        ways = [
            (ways[k] * (1 - said) if k < len(ways) else 0.0) + (ways[k - 1] * said if k else 0.0)
            for k in range(len(ways) + 1)
        ]
    right = sum(bool(row.body.get("correct")) for row in answered)
    return sum(ways[: right + 1])


@dataclass(frozen=True)
class Leech:
    """Hold an item that was often failed: `failed` of `answers`."""

    item: str
    failed: int
    answers: int


def leeches(item_ids: list[str], known: dict[str, State]) -> list[Leech]:
    """Return items failed four times or more and in half of the answers, the worst first.

    Asking them again as before costs time and does not help. The learner should read the question
    or suspend the item.
    """
    found = [
        Leech(item, known[item].lapses, known[item].reviews)
        for item in item_ids
        if item in known
        if known[item].lapses >= LEECH and 2 * known[item].lapses >= known[item].reviews
        if known[item].hidden_until != NEVER
    ]
    return sorted(found, key=lambda one: (-one.failed, one.item))


def per_day(answered: list[Row]) -> dict[date, tuple[int, int]]:
    """Return (answers, correct ones) of each of the learner's days with answers."""
    total: Counter[date] = Counter(row.day for row in answered)
    right: Counter[date] = Counter(row.day for row in answered if row.body.get("correct"))
    return {day: (total[day], right[day]) for day in sorted(total)}


@dataclass(frozen=True)
class Retention:
    """Count the answers to items that were known from an earlier day."""

    answers: int
    right: int

    @property
    def share(self) -> float:
        return self.right / self.answers if self.answers else 0.0


def retention(answered: list[Row]) -> dict[date, Retention]:
    """Return the retention of each week by its Monday.

    An answer counts if the item was last answered on an earlier day: the first answer, and further
    ones on the same day, say nothing about memory.
    """
    last: dict[str, date] = {}
    answers: Counter[date] = Counter()
    right: Counter[date] = Counter()
    for row in answered:
        before = last.get(row.item)
        if before is not None and before < row.day:
            week = row.day - timedelta(days=row.day.weekday())
            answers[week] += 1
            right[week] += bool(row.body.get("correct"))
        last[row.item] = row.day
    return {week: Retention(answers[week], right[week]) for week in sorted(answers)}


def forecast(
    item_ids: list[str], known: dict[str, State], plan: Plan, today: date, days: int = 14
) -> dict[date, int]:
    """Return how many known items become due on each coming day; overdue ones count today."""
    counts = {today + timedelta(days=k): 0 for k in range(days)}
    for item in item_ids:
        state = known.get(item, State())
        due_on = due_day(state, plan)
        if due_on is None:
            continue
        day = max(today, due_on, state.hidden_until or today)
        if day in counts:
            counts[day] += 1
    return counts


@dataclass(frozen=True)
class Cell:
    """Count the items of one topic and level, those answered, and their mean recall."""

    topic: str
    level: int
    items: int
    seen: int
    recall: float


def topic_map(bank: Bank, known: dict[str, State], day: date) -> list[Cell]:
    """Return a cell for each topic and level that the bank has items of."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for question in bank.questions:
        for item in question.items:
            groups[question.topic, item.level].append(item.id)
    return [_cell(topic, level, ids, known, day) for (topic, level), ids in sorted(groups.items())]


def _cell(topic: str, level: int, ids: list[str], known: dict[str, State], day: date) -> Cell:
    chances = [recall(known[i], day) for i in ids if i in known and known[i].reviews]
    mean = sum(chances) / len(chances) if chances else 0.0
    return Cell(topic, level, len(ids), len(chances), mean)
