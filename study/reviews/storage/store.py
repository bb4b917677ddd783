"""Keep the review log in one append-only table in SQLite, or in PostgreSQL by its URL.

Only `delete_all` and `forget` change or delete rows. Computed states are kept in memory and follow
the log: a row that another process wrote is included in the next read.
"""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from base import folders
from study.reviews import errors
from study.reviews.errors import ProgressError
from study.reviews.folds import Folded, Folds
from study.reviews.imports import Imported, object_of, rows_of_file, rows_of_text
from study.reviews.learner_log import LearnerLog
from study.reviews.memory_state import State
from study.reviews.review import LOCAL, Row
from study.reviews.storage import postgres, schema
from study.reviews.storage.connections import BUSY_MS, Connections
from study.reviews.storage.schema import log
from study.reviews.validation import Refused, SetAside, check, row_from

__all__ = ["ProgressError", "Row", "Store", "default_url", "file_of"]

URL = "RESIDUAL_DATABASE"
OLD_URL = "RESIDUAL_DB"  # the name of the variable in the first versions
NAMES = tuple(one.name for one in fields(Row))
READ = sa.select(log.c.place, *(log.c[name] for name in NAMES))


def default_url() -> str:
    """Return the database that the environment names, or the file in the data folder."""
    file = folders.progress() / "progress.sqlite"
    return os.environ.get(URL) or os.environ.get(OLD_URL) or f"sqlite:///{file}"


def file_of(url: str) -> Path | None:
    """Return the file that a URL names, or None for another database or one in memory."""
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError:
        return None
    named = made.database if made.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" else None


class Store:
    """Open the log. Raises ProgressError if the database cannot be opened, read or written."""

    def __init__(self, url: str | None = None, *, busy_ms: int = BUSY_MS):
        self._connections = Connections(url or default_url(), busy_ms)
        self.url = self._connections.url
        self._sqlite = self._connections.sqlite
        self._writing, self._reading = self._connections.writing, self._connections.reading
        self._folds = Folds()
        self._learners: dict[str, LearnerLog] = {}
        try:
            self._prepare_folder()
            self._migrate()
        except ProgressError:
            self.close()
            raise

    @property
    def path(self) -> Path | None:
        """Return the file, or None if there is none."""
        named = self.url.database if self._sqlite else None
        return Path(named) if named and named != ":memory:" else None

    def of(self, profile: str) -> LearnerLog:
        """Return one learner's part of the log, the same object each time."""
        return self._learners.setdefault(profile, LearnerLog(self, profile))

    def profiles(self) -> list[str]:
        """Return everyone who has rows."""
        with self._reading() as connection:
            found = connection.execute(sa.select(log.c.profile).distinct())
            return sorted(str(profile) for (profile,) in found)

    def append(self, row: Row) -> bool:
        """Add a row; it is durable on return. Return False if it was already there."""
        return self.append_all([row]) == 1

    def append_all(self, rows: Iterable[Row]) -> int:
        """Add all rows that are new, or none. Return how many were new."""
        checked = [check(row) for row in rows]
        with self._writing() as connection:
            return sum(connection.execute(self._insert(row)).rowcount for row in checked)

    def rows(self, profile: str = LOCAL, *kinds: str) -> list[Row]:
        """Return the rows as they happened, undone or not; on one machine, as they were written."""
        found = self._folded(profile).rows
        return [row for row in found if not kinds or row.kind in kinds]

    def rows_of(self, item: str, profile: str = LOCAL) -> list[Row]:
        """Return all rows of one item, undone or not."""
        return [row for row in self._folded(profile).rows if row.item == item]

    def plans(self, profile: str = LOCAL) -> list[Row]:
        """Return the rows that `queue.plan_of` needs, without the many answers."""
        return self.rows(profile, "plan", "undo", "reset")

    def mocks(self, profile: str = LOCAL) -> list[Row]:
        """Return the rows that `mock_interview.sessions` needs."""
        return self.rows(profile, "mock", "undo", "reset")

    def states(self, profile: str = LOCAL) -> dict[str, State]:
        """Return the state of every item that has rows that count."""
        return dict(self._folded(profile).states)

    def reviews(self, profile: str = LOCAL) -> list[Row]:
        """Return the answers that count, in the order given."""
        return list(self._folded(profile).reviews)

    def mark(self) -> tuple[int, int]:
        """Return a value that changes with every row written or deleted, here or elsewhere."""
        self.follow(self._folds)
        return self._folds.newest, self._folds.count

    def aside(self) -> tuple[SetAside, ...]:
        """Return notes of the rows that cannot be used and are left out."""
        self.follow(self._folds)
        return self._folds.aside

    def follow(self, folds: Folds, profile: str | None = None) -> None:
        """Read the rows written since the last read, of one learner or of all.

        Reads all rows again if some were deleted.
        """
        whose = sa.true() if profile is None else log.c.profile == profile
        with folds.lock, self._reading() as connection:
            seen = sa.select(sa.func.count()).select_from(log)
            seen = seen.where(whose, log.c.place <= folds.newest)
            if connection.execute(seen).scalar_one() != folds.count:
                folds.forget()
            new = READ.where(whose, log.c.place > folds.newest).order_by(log.c.place)
            for place, *row in connection.execute(new):
                folds.add(place, *_read(place, _columns(row)))

    def export(self, profile: str | None = None) -> str:
        """Return every row of one learner or of all, one JSON object a line."""
        chosen = READ if profile is None else READ.where(log.c.profile == profile)
        with self._reading() as connection:
            found = connection.execute(chosen.order_by(log.c.place))
            return "".join(json.dumps(_as_exported(_columns(row))) + "\n" for _, *row in found)

    def import_rows(self, text: str) -> Imported:
        """Add the rows of an export that are not here yet. A second import changes nothing."""
        return self._taken_in(*rows_of_text(text))

    def import_file(self, data: bytes) -> Imported:
        """Add the rows of an export or of another progress file that are not here yet."""
        return self._taken_in(*rows_of_file(data))

    def backup(self, target: Path) -> None:
        """Write a consistent copy, even while others write. The old copy stays until then.

        Raises ProgressError on PostgreSQL, for which there is `pg_dump`.
        """
        if not self._sqlite:
            raise errors.dumped_elsewhere(self._connections.named)
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        with self._connections.speaking():
            try:
                self._connections.vacuum_into(part)
                os.replace(part, target)
            finally:
                part.unlink(missing_ok=True)

    def delete_all(self) -> None:
        """Delete every row permanently."""
        with self._writing() as connection:
            if self._sqlite:
                schema.forget(connection, None)
            else:
                postgres.forget(connection, None)

    def forget(self, profile: str) -> None:
        """Delete every row of one learner permanently."""
        with self._writing() as connection:
            if self._sqlite:
                schema.forget(connection, profile)
            else:
                postgres.forget(connection, profile)

    def grant(self, role: str) -> None:
        """Let a role of PostgreSQL read and append, and delete only by `forget`."""
        if self._sqlite:
            raise errors.no_roles(self._connections.named)
        with self._writing() as connection:
            postgres.grant(connection, role)

    def close(self) -> None:
        self._connections.close()

    def _insert(self, row: Row) -> Any:
        dialect: Any = sqlite if self._sqlite else postgresql
        values = {**row.columns(), "body": msgspec.json.encode(row.body).decode()}
        insert = dialect.insert(log).values(values).inline()
        insert = insert.execution_options(preserve_rowcount=True)
        return insert.on_conflict_do_nothing(index_elements=[log.c.id])

    def _taken_in(self, rows: list[Row], aside: tuple[SetAside, ...]) -> Imported:
        new = self.append_all(rows)
        return Imported(new, len(rows) - new, aside)

    def _folded(self, profile: str) -> Folded:
        self.follow(self._folds)
        return self._folds.of(profile)

    def _prepare_folder(self) -> None:
        if self.path is None:
            return
        if "\0" in str(self.path):
            raise errors.bad_url(str(self.url))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise errors.cannot_write(self.path, error.strerror or str(error)) from error

    def _migrate(self) -> None:
        """Migrate an older file. Refuses later versions and foreign files, and leaves them."""
        if not self._sqlite:
            postgres.migrate(self._connections)
            return
        with self._reading() as connection:
            if schema.is_foreign(connection):
                raise errors.foreign(str(self.url.database))
            if schema.is_damaged(connection):
                raise errors.damaged(str(self.url.database))
            present = schema.version_of(connection)
        if present > schema.VERSION:
            raise errors.too_new(str(self.url.database))
        if 0 < present < schema.VERSION and self.path is not None:
            self.backup(self.path.with_name(f"{self.path.stem}.before-{schema.VERSION}.sqlite"))
        while present < schema.VERSION:
            with self._writing() as connection:
                present = schema.version_of(connection)  # another process may have been first
                if present < schema.VERSION:
                    schema.take(connection, present + 1)
                    present += 1


def _columns(row: list[Any]) -> dict[str, Any]:
    return dict(zip(NAMES, row, strict=True))


def _read(place: int, columns: dict[str, Any]) -> tuple[Row | None, SetAside | None]:
    """Return the row, or a note if it cannot be used."""
    try:
        return row_from(object_of(columns)), None
    except Refused as refused:
        return None, SetAside(place, refused.field)


def _as_exported(columns: dict[str, Any]) -> dict[str, Any]:
    """Return a row in its exported form; of an unusable one, what there is as text."""
    try:
        return object_of(columns)
    except Refused:
        return {
            name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for name, value in columns.items()
        }
