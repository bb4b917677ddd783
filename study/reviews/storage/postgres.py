"""Store the log in PostgreSQL: its migrations, its append-only trigger, and its rights.

A trigger refuses to change or delete a row for everyone, including the owner. The role of the app
may only read and append (`grant`). One function, which runs with the owner's rights, deletes the
rows of one learner who asks for it. A migration that shipped is never edited.
"""

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from study.reviews import errors
from study.reviews.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from study.reviews.storage.connections import Connections

APPEND_ONLY = """CREATE FUNCTION residual_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('residual.forgetting', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the log is append-only';
    END $$"""
# Without a name it deletes every row, which only the owner may request.
FORGET = """CREATE FUNCTION residual_forget(who text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
    BEGIN
        IF who IS NULL AND session_user <> current_user THEN
            RAISE EXCEPTION 'only the owner deletes every row';
        END IF;
        PERFORM set_config('residual.forgetting', 'on', true);
        DELETE FROM log WHERE who IS NULL OR profile = who;
        PERFORM set_config('residual.forgetting', 'off', true);
    END $$"""
FIRST = (
    """CREATE TABLE log (
        place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        profile TEXT NOT NULL,
        item TEXT NOT NULL DEFAULT '',
        version TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL,
        body TEXT NOT NULL DEFAULT '{}'
    )""",
    "CREATE INDEX ix_log_profile ON log (profile, place)",
    APPEND_ONLY,
    """CREATE TRIGGER log_keeps_rows BEFORE UPDATE OR DELETE ON log
        FOR EACH ROW EXECUTE FUNCTION residual_append_only()""",
    """CREATE TRIGGER log_keeps_all BEFORE TRUNCATE ON log
        FOR EACH STATEMENT EXECUTE FUNCTION residual_append_only()""",
    FORGET,
    "REVOKE ALL ON FUNCTION residual_forget(text) FROM PUBLIC",
)
STEPS = (FIRST,)
VERSION = len(STEPS)


def migrate(connections: "Connections") -> None:
    """Migrate the database. Raises ProgressError for a later version, or a `log` that is not ours.

    A database that is up to date is only read, so a role that may not create tables can open it.
    """
    with connections.reading() as connection:
        present = _version_of(connection)
        if present == 0 and _exists(connection, "log"):
            raise errors.foreign(connections.named)
    if present > VERSION:
        raise errors.too_new(connections.named)
    while present < VERSION:
        with connections.writing() as connection:
            present = _version_of(connection)  # another process may have been first
            if present < VERSION:
                _take(connection, present + 1)
                present += 1


def take_turn(connection: sa.Connection) -> None:
    """Wait until nobody else writes.

    Rows then become visible in the order of their places, so that a reader who continues from a
    place misses none.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(APPLICATION_ID)))


def forget(connection: sa.Connection, profile: str | None) -> None:
    """Delete the rows of one learner, or of all."""
    connection.execute(sa.text("SELECT residual_forget(:who)"), {"who": profile})


def grant(connection: sa.Connection, role: str) -> None:
    """Let a role read, append and call `residual_forget`, and nothing else."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    for statement in (
        f"REVOKE ALL ON log, residual_version FROM {quoted}",
        f"GRANT SELECT, INSERT ON log TO {quoted}",
        f"GRANT SELECT ON residual_version TO {quoted}",
        f"GRANT EXECUTE ON FUNCTION residual_forget(text) TO {quoted}",
    ):
        connection.exec_driver_sql(statement)


def in_words(named: str, error: BaseException) -> errors.ProgressError:
    """Return a server or connection error as a sentence."""
    code: Any = getattr(error, "sqlstate", None)
    why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if code == "42501":  # insufficient_privilege
        return errors.not_prepared(named, why)
    return errors.database_away(named, why)


def _version_of(connection: sa.Connection) -> int:
    """Return the version of the tables, or 0 if there are none yet."""
    if not _exists(connection, "residual_version"):
        return 0
    found = connection.exec_driver_sql("SELECT max(version) FROM residual_version").scalar()
    return int(found or 0)


def _exists(connection: sa.Connection, table: str) -> bool:
    """Return whether a table exists, from the catalogue itself: `to_regclass` may be outdated."""
    query = "SELECT count(*) FROM pg_class WHERE relname = :table AND pg_table_is_visible(oid)"
    return bool(connection.execute(sa.text(query), {"table": table}).scalar())


def _take(connection: sa.Connection, number: int) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS residual_version (version INTEGER NOT NULL)"
    )
    for statement in STEPS[number - 1]:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    connection.exec_driver_sql(f"INSERT INTO residual_version VALUES ({number})")
