"""Model one sitting of the quiz: what may be asked, the current card, and the summary at the end.

The module is pure. The page passes in the bank, the log and what the schedule wants today, and
draws the result. The module knows no widget, no clock and no database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from study.bank.question import Bank, Item
from study.practice import drills, grading
from study.practice.drill_kinds import KINDS
from study.practice.drills import Drill
from study.practice.grading import Grade
from study.reviews.memory_state import State, recall
from study.reviews.review import Row, counted

MODES = ("today", "drills", "bugs", "mock")
BUGS = ("bug", "answer")
ROUND = 10  # cards of a round that nothing else ends
UNDOABLE = ("review", "bury", "suspend", "reset")
UNKNOWN = 0.5  # assumed chance of recall of an item that was never asked
SURE = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Choice:
    """Hold what the learner wants to practise, as the address says it.

    `items` are items named one by one, such as the ten that a mock interview ends with.
    """

    mode: str = "today"
    question: str = ""
    topic: str = ""
    skill: str = ""
    items: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str], bank: Bank) -> "Choice":
        """Return the choice in an address, without names that do not exist."""
        mode = str(query.get("mode", ""))
        question = bank.get(str(query.get("question", "")))
        named = str(query.get("items", "")).split(",")
        return cls(
            mode if mode in MODES else "today",
            question.id if question else "",
            str(query.get("topic", "")) if query.get("topic") in bank.topics else "",
            str(query.get("skill", "")) if query.get("skill") in KINDS else "",
            tuple(item for item in named if bank.item(item) is not None),
        )

    def to_query(self) -> dict[str, str]:
        """Return the parts of an address that give the same choice."""
        told = {
            "mode": self.mode,
            "question": self.question,
            "topic": self.topic,
            "skill": self.skill,
            "items": ",".join(self.items),
        }
        return {name: value for name, value in told.items() if value}

    @property
    def by_schedule(self) -> bool:
        """Return whether the choice leaves everything to the schedule."""
        return self == Choice()


def pool(choice: Choice, bank: Bank, order: list[str], daily: list[str]) -> list[str]:
    """Return the ids that may be asked.

    Args:
        order: every item of the bank in the order in which new ones come.
        daily: what the schedule considers on a day: that, and the drills that were begun.
    """
    if choice.mode == "drills":
        return [f"{drills.PREFIX}{choice.skill}"] if choice.skill else drills.ids()
    if choice.items:
        return list(choice.items)
    question = bank.get(choice.question)
    if question is not None:
        return [item.id for item in question.items]
    if choice.by_schedule:
        return daily
    wanted = {
        item.id
        for question in bank.questions
        if choice.topic in ("", question.topic)
        for item in question.items
        if choice.mode != "bugs" or item.form in BUGS
    }
    return [item_id for item_id in order if item_id in wanted]


def by_need(ids: Iterable[str], known: Mapping[str, State], day: date) -> list[str]:
    """Return the ids, those not asked today first, and then the least sure."""

    def need(item_id: str) -> tuple[int, float]:
        state = known.get(item_id)
        if state is None or not state.reviews:
            return 0, UNKNOWN
        return state.today if state.last == day else 0, recall(state, day)

    return sorted(ids, key=need)


@dataclass(frozen=True)
class Card:
    """Hold the current card.

    `id` is the id of the row that the card becomes, so that the log refuses a second answer to it.
    `shown_at` is a reading of the page's clock in seconds. `confidence` is stated before `answer`
    and `grade` exist.
    """

    id: str
    item: str
    shown_at: float
    drill: Drill | None = None
    confidence: float | None = None
    seconds: float = 0.0
    answer: object = None
    grade: Grade | None = None


def place_in_log(item_id: str, rows: list[Row]) -> tuple[str, str]:
    """Return what distinguishes this asking of an item from every other: its last row so far.

    Two tabs that show the same item after the same history get the same value, and so the same
    card.
    """
    return item_id, rows[-1].id if rows else ""


@dataclass(frozen=True)
class Sitting:
    """Hold one sitting.

    `answered` are the ids of the rows of this sitting, oldest first, and `done` are their items.
    `skipped` are the items passed over since the round of skipping began. `more` says that the
    sitting goes on after the schedule was done.
    """

    choice: Choice = field(default_factory=Choice)
    card: Card | None = None
    answered: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    more: bool = False

    @property
    def scheduled(self) -> bool:
        """Return whether the schedule decides what comes and when the sitting ends."""
        return self.choice.by_schedule and not self.more

    def size(self, ids: list[str]) -> int:
        """Return the number of cards of a sitting that the schedule does not end."""
        return len(ids) if self.choice.question or self.choice.items else ROUND

    def over(self, ids: list[str]) -> bool:
        """Return whether a sitting that the schedule does not end is over."""
        return len(self.answered) >= self.size(ids)

    def still_open(self, ids: list[str]) -> list[str]:
        """Return what this sitting has not asked yet, or everything again if it has asked all."""
        return [item for item in ids if item not in self.done] or ids

    def next_item(self, waiting: list[str]) -> tuple["Sitting", str | None]:
        """Return the first item that was not skipped; when all were, skipping starts again."""
        if not waiting:
            return self, None
        left = [item for item in waiting if item not in self.skipped]
        sitting = self if left else replace(self, skipped=())
        return sitting, (left or waiting)[0]

    def with_card(self, card: Card | None) -> "Sitting":
        """Return the sitting with another current card, or none."""
        return replace(self, card=card)

    def without(self, item_id: str) -> "Sitting":
        """Return the sitting after an item was skipped."""
        return replace(self, card=None, skipped=(*self.skipped, item_id))

    def with_answer(self, card: Card, answer: object, grade: Grade) -> "Sitting":
        """Return the sitting that shows the answer of the card, whose row is in the log."""
        shown = replace(card, answer=answer, grade=grade)
        if card.id in self.answered:
            return replace(self, card=shown)
        answered, done = (*self.answered, card.id), (*self.done, card.item)
        return replace(self, card=shown, answered=answered, done=done)

    def undone(self, row_id: str) -> "Sitting":
        """Return the sitting without an answer that was undone; its item may come again."""
        kept = [pair for pair in zip(self.answered, self.done, strict=True) if pair[0] != row_id]
        answered, done = tuple(row for row, _ in kept), tuple(item for _, item in kept)
        return replace(self, card=None, answered=answered, done=done)

    def another_round(self) -> "Sitting":
        """Return a new sitting of the same choice."""
        return Sitting(self.choice, more=True)

    def shows(self, ids: list[str], bank: Bank) -> bool:
        """Return whether the current card may stay.

        Its item must be in the bank and still among what may be asked, unless its answer is being
        read.
        """
        card = self.card
        if card is None or (card.drill is None and bank.item(card.item) is None):
            return False
        return card.grade is not None or card.item in ids


@dataclass(frozen=True)
class Left:
    """Hold how far a sitting is.

    `kinds` are (due, new, failed earlier today) if the schedule counts them.
    """

    done: int
    left: int
    kinds: tuple[int, int, int] | None = None

    @property
    def share(self) -> float:
        total = self.done + self.left
        return self.done / total if total else 1.0


def last_undoable(rows: list[Row], day: date) -> Row | None:
    """Return the last row of a day that counts and can be undone, or None.

    It is read from the log, so undo also works after a reload.
    """
    standing = [row for row in counted(rows) if row.kind in UNDOABLE and row.item]
    today = [row for row in standing if row.day == day]
    return today[-1] if today else None


def retried(row: Row | None, answer: object, confidence: float | None) -> bool:
    """Return whether a refused row is this same answer, sent twice by a double click.

    Otherwise another tab has answered the card, and this page moves on.
    """
    if row is None:
        return False
    return row.body.get("answer") == answer and row.body.get("confidence") == confidence


def chance(item: Item) -> float:
    """Return the chance that a guess is right: one in the number of choices."""
    keys = grading.choices(item)
    guessed = item.form in ("choice", "chart", "answer") and keys
    return 1 / len(keys) if guessed else 0.0


def confidence_levels(item: Item) -> tuple[float, ...]:
    """Return the six levels that can be stated, from a guess to certainty, rounded to 5 %."""
    lowest = chance(item)
    between = [round(20 * (lowest + (1 - lowest) * level)) / 20 for level in SURE[1:]]
    return round(lowest, 2), *between


@dataclass(frozen=True)
class Summary:
    """Hold the summary at the end of a sitting.

    `wrong` and `right` name items, each once, by their last answer. `stated` and `held` are the
    mean confidence and the share right of the answers with a stated confidence.
    """

    answers: int
    seconds: float
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    stated: float | None = None
    held: float | None = None


def summary(rows: list[Row]) -> Summary:
    """Return the summary of reviews, in the order of the log."""
    reviews = [row for row in rows if row.kind == "review"]
    last = {row.item: bool(row.body.get("correct")) for row in reviews}
    sure = [row for row in reviews if row.body.get("confidence") is not None]
    return Summary(
        answers=len(reviews),
        seconds=sum(float(row.body.get("seconds") or 0) for row in reviews),
        right=tuple(item for item, correct in last.items() if correct),
        wrong=tuple(item for item, correct in last.items() if not correct),
        stated=sum(row.body["confidence"] for row in sure) / len(sure) if sure else None,
        held=sum(bool(row.body.get("correct")) for row in sure) / len(sure) if sure else None,
    )


def of_sitting(rows: list[Row], sitting: Sitting, day: date) -> list[Row]:
    """Return the reviews that the summary of a sitting covers.

    If the schedule ends the sitting, these are all of the day, so that a reload loses nothing;
    otherwise they are those of the sitting.
    """
    standing = [row for row in counted(rows) if row.kind == "review"]
    if sitting.scheduled:
        return [row for row in standing if row.day == day]
    return [row for row in standing if row.id in sitting.answered]
