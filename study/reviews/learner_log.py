"""Give access to one learner's part of a log; the rows of others are out of reach."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from study.reviews import errors
from study.reviews.folds import Folded, Folds
from study.reviews.imports import Imported, rows_of_file, rows_of_text
from study.reviews.memory_state import State
from study.reviews.review import OF_A_CLASS, Row
from study.reviews.validation import SetAside

if TYPE_CHECKING:
    from study.reviews.storage.store import Store

MOST_ROWS = 200_000  # rows of one learner: fifty answers a day for ten years


class LearnerLog:
    """Offer the methods of `Store` for one learner, whose name no caller passes."""

    def __init__(self, store: "Store", profile: str, *, most_rows: int = MOST_ROWS):
        self.url, self.path, self.profile = f"{store.url}#{profile}", None, profile
        self._store, self._folds, self._most_rows = store, Folds(), most_rows

    def append(self, row: Row) -> bool:
        """Add a row as this learner's, durable on return. Return False if it was already there."""
        return self.append_all([row]) == 1

    def append_all(self, rows: Iterable[Row]) -> int:
        """Add all rows that are new, or none. Return how many were new."""
        mine = [replace(row, profile=self.profile) for row in rows]
        if self.mark()[1] + len(mine) > self._most_rows:
            raise errors.too_many_rows(self._most_rows)
        return self._store.append_all(mine)

    def rows(self, *kinds: str) -> list[Row]:
        """Return the rows as they happened, undone or not."""
        return [row for row in self._folded().rows if not kinds or row.kind in kinds]

    def rows_of(self, item: str) -> list[Row]:
        """Return all rows of one item, undone or not."""
        return [row for row in self._folded().rows if row.item == item]

    def plans(self) -> list[Row]:
        """Return the rows that `queue.plan_of` needs, without the many answers."""
        return self.rows("plan", "undo", "reset")

    def mocks(self) -> list[Row]:
        """Return the rows that `mock_interview.sessions` needs."""
        return self.rows("mock", "undo", "reset")

    def standing(self) -> list[Row]:
        """Return the rows that count, as they happened."""
        return list(self._folded().standing)

    def states(self) -> dict[str, State]:
        """Return the state of every item that has rows that count."""
        return dict(self._folded().states)

    def reviews(self) -> list[Row]:
        """Return the answers that count, in the order given."""
        return list(self._folded().reviews)

    def mark(self) -> tuple[int, int]:
        """Return a value that changes with every row of this learner."""
        self._follow()
        return self._folds.newest, self._folds.count

    def aside(self) -> tuple[SetAside, ...]:
        """Return notes of this learner's rows that cannot be used and are left out."""
        self._follow()
        return self._folds.aside

    def export(self) -> str:
        """Return every row of this learner, one JSON object a line."""
        return self._store.export(self.profile)

    def import_rows(self, text: str) -> Imported:
        """Add the rows of an export as this learner's. A second import changes nothing."""
        return self._taken_in(*rows_of_text(text))

    def import_file(self, data: bytes) -> Imported:
        """Add the rows of an export or of a progress file as this learner's."""
        return self._taken_in(*rows_of_file(data))

    def delete_all(self) -> None:
        """Delete every row of this learner permanently."""
        self._store.forget(self.profile)

    def _taken_in(self, rows: list[Row], aside: tuple[SetAside, ...]) -> Imported:
        """Add rows, except those that only the server writes: class members and assignments."""
        own = [row for row in rows if row.kind not in OF_A_CLASS]
        new = self.append_all(own)
        return Imported(new, len(own) - new, aside)

    def _folded(self) -> Folded:
        self._follow()
        return self._folds.of(self.profile)

    def _follow(self) -> None:
        self._store.follow(self._folds, self.profile)
