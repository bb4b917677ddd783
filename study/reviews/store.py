"""The review log: one append-only table in SQLite, or in another database by its URL.

Nothing is ever changed or deleted but by `delete_all`. Beside the log stand the states of items,
kept in the transaction that appends; they are folds of the rows and can always be made again.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from base import folders
from base.messages import Message, UserError
from study.reviews import migrations
from study.reviews.memory_state import State, fold, fold_version
from study.reviews.review import KINDS, LOCAL, Row, counted, new_id, utc_now

__all__ = ["KINDS", "LOCAL", "ProgressError", "Row", "Store", "counted", "new_id", "utc_now"]

# WAL corrupts on a reset race before these (sqlite.org/wal.html#walresetbug).
WAL_FIXED_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_MS = 5000

metadata = sa.MetaData()
log = sa.Table(
    "log",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(40), unique=True, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("profile", sa.String(120), nullable=False, index=True),
    sa.Column("item", sa.String(200), nullable=False, server_default=""),
    sa.Column("version", sa.String(20), nullable=False, server_default=""),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("body", sa.Text, nullable=False, server_default="{}"),
    sa.Index("ix_log_item", "profile", "item"),
)
kept_states = sa.Table(
    "states",
    metadata,
    sa.Column("profile", sa.String(120), primary_key=True),
    sa.Column("item", sa.String(200), primary_key=True),
    sa.Column("fold", sa.String(40), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)


class ProgressError(UserError):
    """Progress that cannot be read or kept."""


def default_url() -> str:
    return os.environ.get("RESIDUAL_DB") or f"sqlite:///{folders.progress() / 'progress.sqlite'}"


def file_of(url: str) -> Path | None:
    """The file a URL names; None for another kind of database, or none on disk."""
    made = sa.make_url(url)
    named = made.database if made.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" else None


class Store:
    """Raises ProgressError for a database that cannot be opened, read or written."""

    def __init__(self, url: str | None = None, *, busy_ms: int = BUSY_MS):
        self.url = sa.make_url(url or default_url())
        self._sqlite = self.url.get_backend_name() == "sqlite"
        if self._sqlite and self.url.database:
            self._prepare_folder(Path(self.url.database))
        self._engine = sa.create_engine(self.url)
        if self._sqlite:
            sa.event.listen(self._engine, "connect", lambda raw, _: _configure(raw, busy_ms))
            sa.event.listen(self._engine, "begin", _begin)
        try:
            self._migrate()
        except ProgressError:
            self.close()
            raise

    @property
    def path(self) -> Path | None:
        """The file, where there is one."""
        return file_of(str(self.url))

    def append(self, row: Row) -> bool:
        """Durable when this returns; False where the row was there already."""
        row.check()
        return self.append_all([row]) == 1

    def append_all(self, rows: Iterable[Row]) -> int:
        """All or none of those that are new; how many were."""
        with self._writing() as connection:
            new = [row for row in rows if connection.execute(self._insert(row)).rowcount]
            self._refold(connection, new)
            return len(new)

    def rows(self, profile: str = LOCAL, *kinds: str) -> list[Row]:
        """In the order they were written."""
        query = sa.select(log).where(log.c.profile == profile).order_by(log.c.place)
        if kinds:
            query = query.where(log.c.kind.in_(kinds))
        with self._reading() as connection:
            return [_row(found) for found in connection.execute(query)]

    def rows_of(self, item: str, profile: str = LOCAL) -> list[Row]:
        """Whatever was noted of one item, undone or not."""
        query = sa.select(log).where(log.c.profile == profile, log.c.item == item)
        with self._reading() as connection:
            return [_row(found) for found in connection.execute(query.order_by(log.c.place))]

    def plans(self, profile: str = LOCAL) -> list[Row]:
        """What `schedule.plan_of` needs, without the many answers."""
        return self.rows(profile, "plan", "undo", "reset")

    def mocks(self, profile: str = LOCAL) -> list[Row]:
        """What `mock.sessions` needs."""
        return self.rows(profile, "mock", "undo", "reset")

    def states(self, profile: str = LOCAL) -> dict[str, State]:
        """Every item that has rows that stand."""
        query = sa.select(kept_states).where(kept_states.c.profile == profile)
        with self._reading() as connection:
            return {
                found.item: State.from_json(json.loads(found.state))
                for found in connection.execute(query)
            }

    def rebuild(self) -> None:
        """Throw the kept states away and fold the whole log again."""
        with self._writing() as connection:
            _rebuild(connection)

    def export(self) -> str:
        """Every row, one JSON object a line."""
        with self._reading() as connection:
            found = connection.execute(sa.select(log).order_by(log.c.place))
            return "".join(json.dumps(asdict(_row(row))) + "\n" for row in found)

    def bring_in(self, text: str) -> int:
        """Rows of an export that are not here yet; importing twice changes nothing."""
        try:
            rows = [Row(**json.loads(line)) for line in text.splitlines() if line.strip()]
            for row in rows:
                row.check()
        except (ValueError, TypeError, RecursionError) as error:
            english = "This is not an export of Residual's review log. Nothing was imported."
            raise ProgressError(Message("progress.bad_import", {}, english)) from error
        return self.append_all(rows)

    def backup(self, target: Path) -> None:
        """A consistent copy, also while others write; the old copy stands until it is whole."""
        part = target.with_suffix(".part")
        with self._speaking():
            part.unlink(missing_ok=True)
            try:
                with self._engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
                os.replace(part, target)
            finally:
                part.unlink(missing_ok=True)

    def delete_all(self) -> None:
        with self._writing() as connection:
            if self._sqlite:
                connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_keeps_rows")
            connection.execute(sa.delete(log))
            connection.execute(sa.delete(kept_states))
            if self._sqlite:
                connection.exec_driver_sql(migrations.FIRST[3])

    def close(self) -> None:
        self._engine.dispose()

    def _insert(self, row: Row):
        dialect = sqlite if self._sqlite else postgresql
        values = {**asdict(row), "body": json.dumps(row.body)}
        return dialect.insert(log).values(values).on_conflict_do_nothing(index_elements=[log.c.id])

    def _refold(self, connection: sa.Connection, new: list[Row]) -> None:
        """Keep the states of what the new rows touch."""
        whole = {row.profile for row in new if _touches_everything(connection, row)}
        for profile in sorted(whole):
            _rebuild(connection, profile)
        touched = {
            (row.profile, item)
            for row in new
            if row.profile not in whole
            for item in _touched(connection, row)
        }
        for profile, item in sorted(touched):
            _keep_state(connection, profile, item)

    def _prepare_folder(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(path, error.strerror or str(error)) from error

    def _migrate(self) -> None:
        """A database of a later version, or of another program, is refused and left as it is."""
        if not self._sqlite:
            with self._writing() as connection:
                metadata.create_all(connection)
                _rebuild_where_stale(connection)
            return
        with self._reading() as connection:
            if migrations.is_foreign(connection):
                raise _foreign(self.url.database)
            present = migrations.version_of(connection)
            fresh = present == migrations.SCHEMA and not _stale(connection)
        if present > migrations.SCHEMA:
            raise _too_new(self.url.database)
        if not fresh:
            self._bring_up(present)

    def _bring_up(self, present: int) -> None:
        if 0 < present < migrations.SCHEMA and self.path is not None:
            self.backup(self.path.with_name(f"{self.path.stem}.before-{migrations.SCHEMA}.sqlite"))
        while present < migrations.SCHEMA:
            with self._writing() as connection:
                present = migrations.version_of(connection)  # another process may have been first
                if present < migrations.SCHEMA:
                    migrations.take(connection, present + 1)
                    present += 1
                if present == migrations.SCHEMA:
                    _rebuild(connection)
        with self._writing() as connection:
            _rebuild_where_stale(connection)

    @contextmanager
    def _writing(self):
        """One short transaction that holds the write lock from its beginning."""
        with self._speaking(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self):
        """A snapshot; needs no lock that a writer or a read-only disk would refuse."""
        with self._speaking(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def _speaking(self):
        """A database's error as a sentence that says what to do."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise _in_words(self.url.database or str(self.url), error.orig) from error
        except OSError as error:
            raise _cannot_write(Path(self.url.database or ""), str(error)) from error


def _configure(connection: sqlite3.Connection, busy_ms: int) -> None:
    connection.isolation_level = None  # the `begin` event says BEGIN itself
    connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if wal_is_sound(sqlite3.sqlite_version_info):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: sa.Connection) -> None:
    """A transaction that reads first and then writes would fail at once under WAL."""
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def wal_is_sound(version: tuple[int, int, int]) -> bool:
    fixed = version >= WAL_FIXED_FROM
    return fixed or any(version[:2] == b[:2] and version >= b for b in WAL_BACKPORTS)


def _touches_everything(connection: sa.Connection, row: Row) -> bool:
    """A reset of everything, or the undoing of one."""
    if row.kind == "reset" and not row.item:
        return True
    undone = _undone(connection, row)
    return undone is not None and undone.kind == "reset" and not undone.item


def _touched(connection: sa.Connection, row: Row) -> set[str]:
    undone = _undone(connection, row)
    return {item for item in (row.item, undone.item if undone else "") if item}


def _undone(connection: sa.Connection, row: Row):
    if row.kind != "undo":
        return None
    return connection.execute(
        sa.select(log.c.kind, log.c.item).where(log.c.id == str(row.body.get("undoes")))
    ).first()


def _keep_state(connection: sa.Connection, profile: str, item: str) -> None:
    mine = sa.or_(
        log.c.item == item,
        log.c.kind == "undo",
        sa.and_(log.c.kind == "reset", log.c.item == ""),
    )
    query = sa.select(log).where(log.c.profile == profile, mine).order_by(log.c.place)
    states = folded(_row(found) for found in connection.execute(query))
    same = (kept_states.c.profile == profile) & (kept_states.c.item == item)
    connection.execute(sa.delete(kept_states).where(same))
    _insert_states(connection, profile, states)


def _rebuild(connection: sa.Connection, only: str = "") -> None:
    profiles = [only] if only else connection.execute(sa.select(log.c.profile).distinct()).scalars()
    for profile in list(profiles):
        connection.execute(sa.delete(kept_states).where(kept_states.c.profile == profile))
        query = sa.select(log).where(log.c.profile == profile).order_by(log.c.place)
        _insert_states(connection, profile, folded(_row(r) for r in connection.execute(query)))


def _insert_states(connection: sa.Connection, profile: str, states: dict[str, State]) -> None:
    values = [
        {
            "profile": profile,
            "item": item,
            "fold": fold_version(),
            "state": json.dumps(state.to_json()),
        }
        for item, state in states.items()
    ]
    if values:
        connection.execute(sa.insert(kept_states), values)


def _stale(connection: sa.Connection) -> bool:
    other = sa.select(kept_states.c.item).where(kept_states.c.fold != fold_version()).limit(1)
    return connection.execute(other).first() is not None


def _rebuild_where_stale(connection: sa.Connection) -> None:
    if _stale(connection):
        _rebuild(connection)


def folded(rows: Iterable[Row]) -> dict[str, State]:
    """Every item that has rows that stand, from the log alone."""
    by_item: dict[str, list[Row]] = {}
    for row in counted(list(rows)):
        if row.item:
            by_item.setdefault(row.item, []).append(row)
    return {item: fold(own) for item, own in by_item.items()}


def _row(found) -> Row:
    return Row(
        found.kind,
        found.item,
        found.version,
        json.loads(found.body),
        found.profile,
        found.id,
        found.at,
    )


def _in_words(path: str, error: BaseException | None) -> ProgressError:
    told = str(error)
    if "not a database" in told or "malformed" in told:
        english = (
            f"The progress file {path} is damaged. Restore a backup, or move the file away and "
            "start anew; nothing was written to it."
        )
        return ProgressError(Message("progress.damaged", {"path": path}, english))
    if "locked" in told or "busy" in told:
        english = f"The progress file {path} is in use by another program. Try again in a moment."
        return ProgressError(Message("progress.locked", {"path": path}, english))
    return _cannot_write(Path(path), told)


def _cannot_write(path: Path, why: str) -> ProgressError:
    english = f"Progress cannot be kept in {path}: {why}. Your answer is still on the page."
    return ProgressError(Message("progress.cannot_write", {"path": str(path), "why": why}, english))


def _foreign(path: str) -> ProgressError:
    english = f"{path} is a database of another program. Name another file with RESIDUAL_DB."
    return ProgressError(Message("progress.foreign", {"path": path}, english))


def _too_new(path: str) -> ProgressError:
    english = f"{path} was written by a later version of Residual. Update, or use another file."
    return ProgressError(Message("progress.too_new", {"path": path}, english))
