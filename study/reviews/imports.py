"""Read rows from somebody's file: an export, or another progress database.

A file may hold anything. A database is opened read-only, and only its table is read, within limits
of time and size. Each row is validated, and a row that cannot be used is set aside with a note.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from study.reviews import errors
from study.reviews.review import Row
from study.reviews.storage.schema import APPLICATION_ID
from study.reviews.validation import LONGEST, Refused, SetAside, decoded, row_from

MAGIC = b"SQLite format 3\0"
MOST_ROWS = 1_000_000
SECONDS = 20.0  # a million rows of an ordinary log take about ten
STEPS = 1_000  # SQLite instructions between two looks at the clock


@dataclass(frozen=True)
class Imported:
    """Count the rows of a file: `new` were added, `known` were here, `aside` are unusable."""

    new: int
    known: int
    aside: tuple[SetAside, ...] = ()


def rows_of_file(data: bytes) -> tuple[list[Row], tuple[SetAside, ...]]:
    """Return the rows of an export or a database. Raises ProgressError if it is neither."""
    if not data.startswith(MAGIC):
        try:
            return rows_of_text(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise errors.bad_import() from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.sqlite"
        path.write_bytes(data)
        return rows_of_database(path)


def rows_of_text(text: str) -> tuple[list[Row], tuple[SetAside, ...]]:
    """Return the rows of an export with one JSON object a line."""
    lines = text.removeprefix("\ufeff").split("\n")
    told = ((place, line) for place, line in enumerate(lines, 1) if line.strip())
    return _sorted_out((place, partial(decoded, line)) for place, line in told)


def rows_of_database(path: Path) -> tuple[list[Row], tuple[SetAside, ...]]:
    """Return the rows of another progress file, which is not changed."""
    ends = time.monotonic() + SECONDS
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * LONGEST)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.text_factory = bytes
            _check_shape(connection)
            query = "SELECT place, id, kind, profile, item, version, at, body FROM log"
            found = connection.execute(f"{query} ORDER BY place LIMIT {MOST_ROWS + 1}")
            return _sorted_out(_of_columns(found, ends))
    except sqlite3.Error as error:
        if time.monotonic() > ends or "too big" in str(error):
            raise errors.too_much() from error
        raise errors.bad_import() from error


def _check_shape(connection: sqlite3.Connection) -> None:
    """Raise ProgressError unless this is our file and `log` is a plain table."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    query = "SELECT type, sql FROM sqlite_master WHERE name = 'log'"
    kind, sql = connection.execute(query).fetchone() or (b"", b"")
    plain = kind == b"table" and not (sql or b"").upper().startswith(b"CREATE VIRTUAL")
    if application != APPLICATION_ID or version < 1 or not plain:
        raise errors.bad_import()


def _of_columns(found: sqlite3.Cursor, ends: float) -> Iterator[tuple[int, Callable[[], Any]]]:
    names = [column[0] for column in found.description][1:]
    for number, (place, *values) in enumerate(found):
        if number == MOST_ROWS or time.monotonic() > ends:
            raise errors.too_much()
        yield place, partial(object_of, dict(zip(names, values, strict=True)))


def object_of(columns: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a database as an export writes it. Raises Refused for blobs and the like."""
    body = columns["body"]
    if not isinstance(body, str | bytes):
        raise Refused("body", "no text")
    try:
        texts = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in columns.items()
            if name != "body"
        }
    except UnicodeDecodeError as error:
        raise Refused("", "no text") from error
    return {**texts, "body": decoded(body)}


def _sorted_out(
    told: Iterator[tuple[int, Callable[[], Any]]],
) -> tuple[list[Row], tuple[SetAside, ...]]:
    """Return the rows that can be used, and a note for each of the others."""
    rows, aside = [], []
    for place, read in told:
        try:
            rows.append(row_from(read()))
        except Refused as refused:
            aside.append(SetAside(place, refused.field))
    if aside and not rows:
        raise errors.bad_import()
    return rows, tuple(aside)
