"""Define the table of the log, and migrate a SQLite file of any earlier version to it.

Each step runs in one explicit transaction, so a kill leaves the version before or after it and
nothing between. A step that shipped is never edited; a change is a further step.
"""

import sqlalchemy as sa

APPLICATION_ID = 0x52455344  # "RESD": tells our file from another SQLite file or an empty one

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

KEEPS_VALUES = """CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
KEEPS_ROWS = """CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
FIRST = (
    """CREATE TABLE log (
        place INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id VARCHAR(40) NOT NULL UNIQUE,
        kind VARCHAR(12) NOT NULL,
        profile VARCHAR(120) NOT NULL,
        item VARCHAR(200) DEFAULT '' NOT NULL,
        version VARCHAR(20) DEFAULT '' NOT NULL,
        at VARCHAR(40) NOT NULL,
        body TEXT DEFAULT '{}' NOT NULL
    )""",
    "CREATE INDEX ix_log_profile ON log (profile)",
    KEEPS_VALUES,
    KEEPS_ROWS,
    f"PRAGMA application_id = {APPLICATION_ID}",
)
SECOND = (
    """CREATE TABLE states (
        profile VARCHAR(120) NOT NULL,
        item VARCHAR(200) NOT NULL,
        fold VARCHAR(40) NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (profile, item)
    )""",
    "CREATE INDEX ix_log_item ON log (profile, item)",
)
# States are computed on request and kept in memory: 10,000 rows take 0.1 s, once.
THIRD = ("DROP TABLE states", "DROP INDEX ix_log_item")
STEPS = (FIRST, SECOND, THIRD)
VERSION = len(STEPS)


def forget(connection: sa.Connection, profile: str | None) -> None:
    """Delete the rows of one learner, or of all. The log is append-only again afterwards."""
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_keeps_rows")
    chosen = sa.delete(log)
    connection.execute(chosen if profile is None else chosen.where(log.c.profile == profile))
    connection.exec_driver_sql(KEEPS_ROWS)


def version_of(connection: sa.Connection) -> int:
    """Return the version of the file; 0 for a new one."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_foreign(connection: sa.Connection) -> bool:
    """Return whether the file holds tables that another program made."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    return application != APPLICATION_ID and bool(_kinds(connection))


def is_damaged(connection: sa.Connection) -> bool:
    """Return whether a file of ours has a version that never existed, or lacks its table."""
    version = version_of(connection)
    return version < 0 or (version > 0 and _kinds(connection).get("log") != "table")


def _kinds(connection: sa.Connection) -> dict[str, str]:
    found = connection.exec_driver_sql("SELECT name, type FROM sqlite_master")
    return {name: kind for name, kind in found}


def take(connection: sa.Connection, number: int) -> None:
    """Run step `number`, from 1. The caller holds the transaction."""
    for statement in STEPS[number - 1]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
