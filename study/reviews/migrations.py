"""The steps that bring a progress file of any earlier version to the present one.

Each step runs in one explicit transaction, so a kill leaves the version before or after it and
nothing between. A step that shipped is never edited; a change is a further step.
"""

import sqlalchemy as sa

APPLICATION_ID = 0x52455344  # "RESD": tells our file from another SQLite file, or an empty one

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
    """CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
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
STEPS = (FIRST, SECOND)
SCHEMA = len(STEPS)


def version_of(connection: sa.Connection) -> int:
    return connection.exec_driver_sql("PRAGMA user_version").scalar()


def is_foreign(connection: sa.Connection) -> bool:
    """Whether the file holds tables that another program made."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    return application != APPLICATION_ID and connection.exec_driver_sql(tables).scalar() > 0


def take(connection: sa.Connection, number: int) -> None:
    """Step `number`, from 1; the caller holds the transaction."""
    for statement in STEPS[number - 1]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
