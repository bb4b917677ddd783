"""The review log: one append-only table in SQLite, or in another database by its URL.

Nothing is ever changed or deleted but by `delete_all`. What the rows fold to is kept in memory
and follows the log: a row that another process wrote is seen at the next question.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from base import folders
from study.reviews import errors, schema
from study.reviews.errors import ProgressError
from study.reviews.folds import Folded, Folds
from study.reviews.imports import Imported, object_of, rows_of_file, rows_of_text
from study.reviews.memory_state import State
from study.reviews.review import LOCAL, Row
from study.reviews.schema import log
from study.reviews.validation import Refused, SetAside, check, row_from

__all__ = ["ProgressError", "Row", "Store", "default_url", "file_of", "wal_is_sound"]

# WAL corrupts on a reset race before these (sqlite.org/wal.html#walresetbug).
WAL_FIXED_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_MS = 15_000  # SQLite lets those who wait in by chance; on a busy disk 5 s was not enough
NAMES = tuple(one.name for one in fields(Row))
READ = sa.select(log.c.place, *(log.c[name] for name in NAMES))


def default_url() -> str:
    return os.environ.get("RESIDUAL_DB") or f"sqlite:///{folders.progress() / 'progress.sqlite'}"


def file_of(url: str) -> Path | None:
    """Return the file a URL names; None for another kind of database, or none on disk."""
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError:
        return None
    named = made.database if made.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" else None


class Store:
    """Raise ProgressError for a database that cannot be opened, read or written."""

    def __init__(self, url: str | None = None, *, busy_ms: int = BUSY_MS):
        named = url or default_url()
        try:
            self.url = sa.make_url(named)
            self._engine = sa.create_engine(self.url)
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
            raise errors.bad_url(named) from error
        self._sqlite = self.url.get_backend_name() == "sqlite"
        self._folds = Folds()
        if self._sqlite:
            sa.event.listen(self._engine, "connect", lambda raw, _: _configure(raw, busy_ms))
            sa.event.listen(self._engine, "begin", _begin)
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

    def append(self, row: Row) -> bool:
        """Keep a row; durable when this returns. Return False where it was there already."""
        return self.append_all([row]) == 1

    def append_all(self, rows: Iterable[Row]) -> int:
        """Keep all or none of the rows that are new; return how many were."""
        checked = [check(row) for row in rows]
        with self._writing() as connection:
            return sum(connection.execute(self._insert(row)).rowcount for row in checked)

    def rows(self, profile: str = LOCAL, *kinds: str) -> list[Row]:
        """Return the rows as they happened, undone or not; on one machine, as they were written."""
        found = self._folded(profile).rows
        return [row for row in found if not kinds or row.kind in kinds]

    def rows_of(self, item: str, profile: str = LOCAL) -> list[Row]:
        """Return whatever was noted of one item, undone or not."""
        return [row for row in self._folded(profile).rows if row.item == item]

    def plans(self, profile: str = LOCAL) -> list[Row]:
        """Return what `queue.plan_of` needs, without the many answers."""
        return self.rows(profile, "plan", "undo", "reset")

    def mocks(self, profile: str = LOCAL) -> list[Row]:
        """Return what `mock_interview.sessions` needs."""
        return self.rows(profile, "mock", "undo", "reset")

    def states(self, profile: str = LOCAL) -> dict[str, State]:
        """Return the state of every item that has rows that stand."""
        return dict(self._folded(profile).states)

    def reviews(self, profile: str = LOCAL) -> list[Row]:
        """Return the answers that stand, as they were given."""
        return list(self._folded(profile).reviews)

    def mark(self) -> tuple[int, int]:
        """Return what changes with every row that is written or deleted, here or elsewhere."""
        self._follow()
        return self._folds.newest, self._folds.count

    def aside(self) -> tuple[SetAside, ...]:
        """Return notes of the rows of the file that cannot be folded and are left out."""
        self._follow()
        return self._folds.aside

    def export(self) -> str:
        """Return every row, one JSON object a line."""
        with self._reading() as connection:
            found = connection.execute(READ.order_by(log.c.place))
            return "".join(json.dumps(_as_exported(_columns(row))) + "\n" for _, *row in found)

    def import_rows(self, text: str) -> Imported:
        """Add the rows of an export that are not here yet; a second time changes nothing."""
        return self._taken_in(*rows_of_text(text))

    def import_file(self, data: bytes) -> Imported:
        """Add the rows of an export or of another progress file that are not here yet."""
        return self._taken_in(*rows_of_file(data))

    def backup(self, target: Path) -> None:
        """Write a consistent copy, also while others write; the old copy stands until then."""
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        with self._speaking():
            try:
                with self._engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
                os.replace(part, target)
            finally:
                part.unlink(missing_ok=True)

    def delete_all(self) -> None:
        """Delete every row, for good."""
        with self._writing() as connection:
            if self._sqlite:
                connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_keeps_rows")
            connection.execute(sa.delete(log))
            if self._sqlite:
                connection.exec_driver_sql(schema.KEEPS_ROWS)

    def close(self) -> None:
        self._engine.dispose()

    def _insert(self, row: Row) -> Any:
        dialect: Any = sqlite if self._sqlite else postgresql
        values = {**row.columns(), "body": msgspec.json.encode(row.body).decode()}
        return dialect.insert(log).values(values).on_conflict_do_nothing(index_elements=[log.c.id])

    def _taken_in(self, rows: list[Row], aside: tuple[SetAside, ...]) -> Imported:
        new = self.append_all(rows)
        return Imported(new, len(rows) - new, aside)

    def _folded(self, profile: str) -> Folded:
        self._follow()
        return self._folds.of(profile)

    def _follow(self) -> None:
        """Read the rows written since the last look; all of them where rows are gone."""
        with self._folds.lock, self._reading() as connection:
            seen = sa.select(sa.func.count()).where(log.c.place <= self._folds.newest)
            if connection.execute(seen).scalar_one() != self._folds.count:
                self._folds.forget()
            new = READ.where(log.c.place > self._folds.newest).order_by(log.c.place)
            for place, *row in connection.execute(new):
                self._folds.add(place, *_read(place, _columns(row)))

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
        """Bring an older file up; refuse one of a later version or another program unchanged."""
        if not self._sqlite:
            with self._writing() as connection:
                schema.metadata.create_all(connection)
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

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Hold the write lock for one short transaction, from its beginning."""
        with self._speaking(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """Hold a snapshot; it needs no lock that a writer or a read-only disk would refuse."""
        with self._speaking(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Raise a database's error as a sentence that says what to do."""
        named = self.url.database or self.url.render_as_string()
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise errors.in_words(named, error.orig) from error
        except UnicodeError as error:
            raise errors.damaged(named) from error
        except OSError as error:
            raise errors.cannot_write(Path(named), str(error)) from error


def _configure(connection: sqlite3.Connection, busy_ms: int) -> None:
    connection.isolation_level = None  # the `begin` event says BEGIN itself
    # A damaged page may hold no text at all; the row is set aside, the others are read.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if wal_is_sound(sqlite3.sqlite_version_info):
        with suppress(sqlite3.OperationalError):  # another process is switching it just now
            connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: sa.Connection) -> None:
    """Begin as the options say; one that reads first and then writes would fail under WAL."""
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def wal_is_sound(version: tuple[int, int, int]) -> bool:
    fixed = version >= WAL_FIXED_FROM
    return fixed or any(version[:2] == b[:2] and version >= b for b in WAL_BACKPORTS)


def _columns(row: list[Any]) -> dict[str, Any]:
    return dict(zip(NAMES, row, strict=True))


def _read(place: int, columns: dict[str, Any]) -> tuple[Row | None, SetAside | None]:
    """Return the row, or the note where it cannot be folded."""
    try:
        return row_from(object_of(columns)), None
    except Refused as refused:
        return None, SetAside(place, refused.field)


def _as_exported(columns: dict[str, Any]) -> dict[str, Any]:
    """Return a row as an export has it; of one that cannot be folded, what there is, as text."""
    try:
        return object_of(columns)
    except Refused:
        return {
            name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for name, value in columns.items()
        }
