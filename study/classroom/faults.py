"""Find what a class gets wrong: items, misconceptions, missed key points, and overconfidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from study.bank.question import Bank, Item
from study.reviews.review import Row
from study.scheduling.statistics import Calibration, calibration

FEWEST = 2  # answers of an item before its share is shown


@dataclass(frozen=True)
class Share:
    """Hold that `wrong` of `asked` answers were wrong, from `learners` learners."""

    key: str
    wrong: int
    asked: int
    learners: int

    @property
    def share(self) -> float:
        return self.wrong / self.asked


@dataclass(frozen=True)
class Faults:
    """Hold the faults of a class; each list has the worst first.

    A point is named `question/point`. For a misconception `asked` counts the answers that could
    have shown it.
    """

    items: list[Share]
    misconceptions: list[Share]
    points: list[Share]
    confidence: Calibration | None


def faults(logs: Iterable[Sequence[Row]], bank: Bank) -> Faults:
    """Return the faults in the answers that count, given learner by learner."""
    items, believed, points = _Counts(), _Counts(), _Counts()
    known = {item.id: item for item in bank.items}
    everything: list[Row] = []
    for number, rows in enumerate(logs):
        answered = [row for row in rows if row.kind == "review"]
        everything += answered
        for row in answered:
            item = known.get(row.item)
            if item is None:
                continue
            items.add(item.id, not row.body.get("correct"), number)
            for slug, held in misconceptions_of(item, row).items():
                believed.add(slug, held, number)
            for point, missed in missed_points(item, row, bank).items():
                points.add(f"{item.question}/{point}", missed, number)
    return Faults(items.worst(), believed.worst(), points.worst(), calibration(everything))


def misconceptions_of(item: Item, row: Row) -> dict[str, bool]:
    """Return the misconceptions that an item can show, and whether this answer showed each."""
    wrong = item.facts.get("wrong")
    if isinstance(wrong, dict):
        said = wrong.get(row.body.get("answer")) if isinstance(row.body.get("answer"), str) else ""
        return {slug: slug == said for slug in wrong.values() if isinstance(slug, str)}
    slug = item.facts.get("misconception")
    return {slug: not row.body.get("correct")} if isinstance(slug, str) and slug else {}


def missed_points(item: Item, row: Row, bank: Bank) -> dict[str, bool]:
    """Return the musts of a recalled answer, and whether each was left out."""
    question, said = bank.get(item.question), row.body.get("answer")
    if item.form != "recall" or question is None or not isinstance(said, list):
        return {}
    asked = item.points or tuple(question.points)
    return {must: must not in said for must in question.musts if must in asked}


class _Counts:
    def __init__(self) -> None:
        self._wrong: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._who: dict[str, set[int]] = defaultdict(set)

    def add(self, key: str, wrong: bool, who: int) -> None:
        self._asked[key] += 1
        self._who[key].add(who)
        self._wrong[key] += wrong

    def worst(self) -> list[Share]:
        found = [
            Share(key, self._wrong[key], asked, len(self._who[key]))
            for key, asked in self._asked.items()
            if self._wrong[key] and asked >= FEWEST
        ]
        return sorted(found, key=lambda one: (-one.share, -one.asked, one.key))
