"""Children that answer or migrate until they are killed; what they acknowledged is on stdout."""

import sqlite3
import sys
import time
from pathlib import Path

FIRST_LOG = """
CREATE TABLE log (
    place INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(40) NOT NULL UNIQUE,
    kind VARCHAR(12) NOT NULL,
    profile VARCHAR(120) NOT NULL,
    item VARCHAR(200) DEFAULT '' NOT NULL,
    version VARCHAR(20) DEFAULT '' NOT NULL,
    at VARCHAR(40) NOT NULL,
    body TEXT DEFAULT '{}' NOT NULL
);
CREATE INDEX ix_log_profile ON log (profile);
CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
PRAGMA application_id = 1380275012;
PRAGMA user_version = 1;
"""


def first_version(path: Path, answers: int) -> None:
    """A database as the first version of Residual left it."""
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_LOG)
    rows = []
    for n in range(answers):
        at = f"2026-11-{1 + n % 20:02d}T10:00:00+00:00"
        body = f'{{"rating": {1 + n % 4}, "correct": true, "confidence": 0.8}}'
        rows.append((f"id{n}", "review", "local", f"q/{n % 40}", "v", at, body))
    connection.executemany(
        "INSERT INTO log (id, kind, profile, item, version, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.commit()
    connection.close()


def answer(url: str) -> None:
    """One answer after another, each told once it is durable."""
    from study.reviews.review import Row
    from study.reviews.storage.store import Store

    store = Store(url)
    while True:
        row = Row("review", f"q/{time.monotonic_ns() % 7}", body={"rating": 3, "day": "2026-11-20"})
        store.append(row)
        print(row.id, flush=True)


def migrate(url: str) -> None:
    from study.reviews.storage.store import Store

    print("begins", flush=True)
    Store(url)
    print("done", flush=True)


def first(url: str) -> None:
    """Open it beside others, and count."""
    from study.reviews.storage.store import Store

    print(len(Store(url).rows()), flush=True)


if __name__ == "__main__":
    {"answer": answer, "migrate": migrate, "first": first}[sys.argv[1]](sys.argv[2])
