"""Compute the state of each item from the rows of a log, and keep it in memory for later reads."""

from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock

from study.reviews.clocks import in_order
from study.reviews.memory_state import State, by_item, fold
from study.reviews.review import Row, counted
from study.reviews.validation import SetAside

Kept = dict[str, tuple[list[Row], State]]  # an item's rows, and the state computed from them


@dataclass(frozen=True)
class Folded:
    """Hold the log of one learner and the state of each item.

    `written` is in the order of the file. `kept` holds earlier results: an item whose rows are
    still the same is not computed again.
    """

    written: tuple[Row, ...] = ()
    kept: Kept = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Row]:
        return in_order(self.written)

    @cached_property
    def standing(self) -> list[Row]:
        """Return the rows that count, as they happened."""
        return counted(self.rows)

    @cached_property
    def reviews(self) -> list[Row]:
        """Return the answers that count."""
        return [row for row in self.standing if row.kind == "review"]

    @cached_property
    def states(self) -> dict[str, State]:
        """Return the state of every item that has rows that count."""
        found = {}
        for item, rows in by_item(self.standing).items():
            before = self.kept.get(item)
            found[item] = before[1] if before and before[0] == rows else fold(rows)
            self.kept[item] = rows, found[item]
        return found


class Folds:
    """Hold the states of every learner, up to the row `newest` of the file; `count` rows were read.

    Code that adds rows must hold `lock`, because sessions of one process share a store.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.forget()

    def forget(self) -> None:
        """Drop everything, so that the whole file is read again."""
        self.newest, self.count = 0, 0
        self.aside: tuple[SetAside, ...] = ()
        self._written: dict[str, list[Row]] = {}
        self._folded: dict[str, Folded] = {}
        self._kept: dict[str, Kept] = {}

    def add(self, place: int, row: Row | None, aside: SetAside | None) -> None:
        """Add the row at a place of the file, or the note why it is left out."""
        self.newest, self.count = place, self.count + 1
        if row is not None:
            self._written.setdefault(row.profile, []).append(row)
            self._folded.pop(row.profile, None)
        if aside is not None:
            self.aside += (aside,)

    def of(self, profile: str) -> Folded:
        """Return the log of one learner."""
        with self.lock:
            if profile not in self._folded:
                self._folded[profile] = Folded(
                    tuple(self._written.get(profile, ())), self._kept.setdefault(profile, {})
                )
            return self._folded[profile]
