"""The review log: one append-only table in SQLite, or in another database by its URL.

Nothing is ever changed or deleted but by `delete_all`; card states and statistics are folds of
the rows. A row's id is made when its card is shown, so a double click inserts once.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from resnet_core import folders
from resnet_core.wording import Said, Words

KINDS = ("review", "undo", "bury", "suspend", "reset", "plan", "mock", "prediction")
LOCAL = "local"
APPLICATION_ID = 0x52455344  # "RESD": tells our file from another SQLite file, or an empty one
SCHEMA = 1
# WAL corrupts on a reset race before these (sqlite.org/wal.html#walresetbug).
WAL_FIXED_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))

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
)


class ProgressError(Said):
    """Progress that cannot be read or kept."""


def new_id() -> str:
    return secrets.token_hex(12)


def utc_now() -> str:
    """ISO 8601 with the zone in it: SQLite would drop it, and fsrs refuses naive times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Row:
    """`body` holds what the kind needs: answer, score, rating, graded_by, confidence, seconds."""

    kind: str
    item: str = ""
    version: str = ""
    body: dict = field(default_factory=dict)
    profile: str = LOCAL
    id: str = field(default_factory=new_id)
    at: str = field(default_factory=utc_now)


def default_url() -> str:
    return os.environ.get("RESIDUAL_DB") or f"sqlite:///{folders.progress() / 'progress.sqlite'}"


class Store:
    """Raises ProgressError for a database that cannot be opened, read or written."""

    def __init__(self, url: str | None = None):
        self.url = sa.make_url(url or default_url())
        self._sqlite = self.url.get_backend_name() == "sqlite"
        if self._sqlite and self.url.database:
            self._prepare_folder(Path(self.url.database))
        self._engine = sa.create_engine(self.url)
        if self._sqlite:
            sa.event.listen(self._engine, "connect", _configure)
            sa.event.listen(self._engine, "begin", _begin_immediate)
        self._migrate()

    def append(self, row: Row) -> bool:
        """Durable when this returns; False where the row was there already."""
        if row.kind not in KINDS:
            raise ValueError(f"expected a kind of {KINDS}, received {row.kind!r}")
        return self.append_all([row]) == 1

    def append_all(self, rows: Iterable[Row]) -> int:
        """All or none of those that are new; how many were."""
        dialect = sqlite if self._sqlite else postgresql
        insert = dialect.insert(log).on_conflict_do_nothing(index_elements=[log.c.id])
        with self._speaking(), self._engine.begin() as connection:
            return sum(
                connection.execute(insert, {**asdict(row), "body": json.dumps(row.body)}).rowcount
                for row in rows
            )

    def rows(self, profile: str = LOCAL, *kinds: str) -> list[Row]:
        """In the order they were written."""
        query = sa.select(log).where(log.c.profile == profile).order_by(log.c.place)
        if kinds:
            query = query.where(log.c.kind.in_(kinds))
        with self._speaking(), self._engine.connect() as connection:
            return [_row(found) for found in connection.execute(query)]

    def export(self) -> str:
        """Every row, one JSON object a line."""
        with self._speaking(), self._engine.connect() as connection:
            found = connection.execute(sa.select(log).order_by(log.c.place))
            return "".join(
                json.dumps(asdict(_row(row)), ensure_ascii=False) + "\n" for row in found
            )

    def bring_in(self, text: str) -> int:
        """Rows of an export that are not here yet; importing twice changes nothing."""
        try:
            rows = [Row(**json.loads(line)) for line in text.splitlines() if line.strip()]
            for row in rows:
                datetime.fromisoformat(row.at)
                if row.kind not in KINDS or not isinstance(row.body, dict):
                    raise ValueError(row.kind)
        except (ValueError, TypeError) as error:
            english = "This is not an export of Residual's review log. Nothing was imported."
            raise ProgressError(Words("progress.bad_import", {}, english)) from error
        return self.append_all(rows)

    def backup(self, target: Path) -> None:
        """A consistent copy, also while others write."""
        part = target.with_suffix(".part")
        part.unlink(missing_ok=True)
        with self._speaking(), self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
        os.replace(part, target)

    def delete_all(self) -> None:
        with self._speaking(), self._engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_keeps_rows")
            connection.execute(sa.delete(log))
            if self._sqlite:
                _append_only(connection)

    def close(self) -> None:
        self._engine.dispose()

    def _prepare_folder(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(path, error.strerror or str(error)) from error

    def _migrate(self) -> None:
        """Each step in one transaction; a database of a later version is refused."""
        with self._speaking(), self._engine.begin() as connection:
            if not self._sqlite:
                metadata.create_all(connection)
                return
            application = connection.exec_driver_sql("PRAGMA application_id").scalar()
            version = connection.exec_driver_sql("PRAGMA user_version").scalar()
            tables = sa.inspect(connection).get_table_names()
            if tables and application != APPLICATION_ID:
                raise _foreign(self.url.database)
            if version > SCHEMA:
                raise _too_new(self.url.database)
            if version < 1:
                metadata.create_all(connection)
                _append_only(connection)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql("PRAGMA user_version = 1")

    @contextmanager
    def _speaking(self):
        """A database's error as a sentence that says what to do."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise _in_words(self.url.database or str(self.url), error.orig) from error


def _configure(connection: sqlite3.Connection, _) -> None:
    connection.isolation_level = None  # the `begin` event says BEGIN IMMEDIATE itself
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if wal_is_sound(sqlite3.sqlite_version_info):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def wal_is_sound(version: tuple[int, int, int]) -> bool:
    fixed = version >= WAL_FIXED_FROM
    return fixed or any(version[:2] == b[:2] and version >= b for b in WAL_BACKPORTS)


def _append_only(connection: sa.Connection) -> None:
    for verb in ("UPDATE", "DELETE"):
        name = "log_keeps_rows" if verb == "DELETE" else "log_keeps_values"
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON log "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )


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
        return ProgressError(Words("progress.damaged", {"path": path}, english))
    if "locked" in told or "busy" in told:
        english = f"The progress file {path} is in use by another program. Try again in a moment."
        return ProgressError(Words("progress.locked", {"path": path}, english))
    return _cannot_write(Path(path), told)


def _cannot_write(path: Path, why: str) -> ProgressError:
    english = f"Progress cannot be kept in {path}: {why}. Your answer is still on the page."
    return ProgressError(Words("progress.cannot_write", {"path": str(path), "why": why}, english))


def _foreign(path: str) -> ProgressError:
    english = f"{path} is a database of another program. Name another file with RESIDUAL_DB."
    return ProgressError(Words("progress.foreign", {"path": path}, english))


def _too_new(path: str) -> ProgressError:
    english = f"{path} was written by a later version of Residual. Update, or use another file."
    return ProgressError(Words("progress.too_new", {"path": path}, english))
