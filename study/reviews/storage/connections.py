"""Connect to the database of the log, with short transactions and errors as sentences."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from study.reviews import errors
from study.reviews.storage import postgres

# Before these versions a reset race corrupts the WAL (sqlite.org/wal.html#walresetbug).
WAL_FIXED_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_MS = 15_000  # SQLite lets waiting writers in at random; on a busy disk 5 s was not enough
POOL = "RESIDUAL_DATABASE_POOL"  # connections of one process to PostgreSQL
POOLED = 5
WAIT_S = 10.0  # for a connection, or for the server to answer


class Connections:
    """Open connections. Raises ProgressError if the database cannot be opened, read or written."""

    def __init__(self, named: str, busy_ms: int):
        try:
            self.url = sa.make_url(named)
            self.sqlite = self.url.get_backend_name() == "sqlite"
            if self.url.get_backend_name() not in ("sqlite", "postgresql"):
                raise errors.bad_url(named)
            self._engine = sa.create_engine(self.url, **({} if self.sqlite else _pool()))
        except ImportError as error:
            raise errors.no_driver(str(error.name)) from error
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
            raise errors.bad_url(named) from error
        if self.sqlite:
            sa.event.listen(self._engine, "connect", lambda raw, _: _configure(raw, busy_ms))
            sa.event.listen(self._engine, "begin", _begin)

    @property
    def named(self) -> str:
        """Return the name of the file or database for a sentence."""
        if self.sqlite:
            return self.url.database or self.url.render_as_string()
        return f"{self.url.database or ''} on {self.url.host or 'this machine'}".strip()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Hold the write lock for one short transaction, from its beginning."""
        with self.speaking(), self._engine.begin() as connection:
            if not self.sqlite:
                postgres.take_turn(connection)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Hold a snapshot for reading. It works without a lock, also on a read-only disk."""
        with self.speaking(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn a database's error into a ProgressError that says what to do."""
        try:
            yield
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            told = getattr(error, "orig", None) or error
            if not self.sqlite:
                raise postgres.in_words(self.named, told) from error
            raise errors.in_words(self.named, told) from error
        except UnicodeError as error:
            raise errors.damaged(self.named) from error
        except OSError as error:
            raise errors.cannot_write(Path(self.named), str(error)) from error

    def vacuum_into(self, path: Path) -> None:
        """Write a copy of an SQLite file."""
        with self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _pool() -> dict[str, Any]:
    """Return the options of a pool that survives a restart of the database."""
    size = os.environ.get(POOL, "")
    return {
        "pool_size": int(size) if size.isdecimal() and int(size) > 0 else POOLED,
        "max_overflow": 0,
        "pool_timeout": WAIT_S,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "connect_args": {"connect_timeout": int(WAIT_S)},
    }


def _configure(connection: sqlite3.Connection, busy_ms: int) -> None:
    connection.isolation_level = None  # the `begin` event issues BEGIN itself
    # A damaged page may not hold text; such a row is set aside and the others are read.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if wal_is_sound(sqlite3.sqlite_version_info):
        with suppress(sqlite3.OperationalError):  # another process is switching it now
            connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: sa.Connection) -> None:
    """Begin as the options say: a transaction that first reads and then writes fails under WAL."""
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def wal_is_sound(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite keeps its data when the WAL is reset."""
    fixed = version >= WAL_FIXED_FROM
    return fixed or any(version[:2] == b[:2] and version >= b for b in WAL_BACKPORTS)
