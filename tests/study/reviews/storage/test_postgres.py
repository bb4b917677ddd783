"""What only PostgreSQL has: roles, a trigger that holds for the owner, a server that is away."""

import pytest
import sqlalchemy as sa

from study.reviews.imports import Imported
from study.reviews.review import Row
from study.reviews.storage.store import ProgressError, Store


def review(item="q/a", **columns) -> Row:
    return Row("review", item, "v1", {"rating": 3, "day": "2026-11-20"}, **columns)


def sql(url: str, statement: str) -> None:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


@pytest.fixture
def owned(postgres):
    """The URL of a database that was made by its owner, and the same for another role."""
    url = postgres.new()
    postgres.run_sql("postgres", "DROP ROLE IF EXISTS app")
    postgres.run_sql("postgres", "CREATE ROLE app LOGIN")
    yield url, url.replace("//owner@", "//app@")
    postgres.run_sql(url.rsplit("/", 1)[1], "DROP OWNED BY app")


@pytest.mark.parametrize(
    "statement", ["UPDATE log SET kind = 'bury'", "DELETE FROM log", "TRUNCATE log"]
)
def test_the_log_refuses_changes_and_deletions_even_to_its_owner(owned, statement):
    store = Store(owned[0])
    store.append(review())
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        sql(owned[0], statement)
    assert len(store.rows()) == 1
    store.close()


def test_the_role_of_the_app_reads_appends_and_forgets_one_learner_and_nothing_else(owned):
    owner = Store(owned[0])
    owner.grant("app")
    app = Store(owned[1])
    app.append(review(profile="a"))
    app.append(review(profile="b"))
    for statement in (
        "UPDATE log SET kind = 'bury'",
        "DELETE FROM log",
        "DROP TABLE log",
        "BEGIN; SET residual.forgetting = 'on'; DELETE FROM log; COMMIT",
        "UPDATE residual_version SET version = 9",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="permission denied|must be owner"):
            sql(owned[1], statement)
    app.forget("a")
    assert app.rows("a") == [] and len(app.rows("b")) == 1
    with pytest.raises(ProgressError, match="only the owner"):
        app.delete_all()
    owner.delete_all()
    assert app.rows("b") == []
    app.close()
    owner.close()


def test_a_role_that_may_not_make_tables_is_told_who_can(owned):
    with pytest.raises(ProgressError, match="prepare --grant") as caught:
        Store(owned[1])
    assert caught.value.message.key == "progress.not_prepared"


def test_a_later_version_and_a_table_of_another_program_are_refused(postgres):
    url = postgres.new()
    Store(url).close()
    sql(url, "INSERT INTO residual_version VALUES (99)")
    with pytest.raises(ProgressError, match="later version"):
        Store(url)
    other = postgres.new()
    sql(other, "CREATE TABLE log (name text)")
    with pytest.raises(ProgressError, match="another program"):
        Store(other)


def test_a_server_that_is_away_is_a_sentence_and_comes_back(postgres):
    url = postgres.new()
    store = Store(url)
    store.append(review())
    postgres.stop()
    try:
        with pytest.raises(ProgressError, match="still on the page") as caught:
            store.append(review("q/b"))
        assert caught.value.message.key == "progress.database_away"
        assert "owner" not in str(caught.value.message.values["named"])  # no account on the page
    finally:
        postgres.start()
    assert store.append(review("q/b"))
    assert len(store.rows()) == 2
    store.close()


def test_a_log_moves_from_a_file_by_its_export_and_no_row_is_doubled(postgres, tmp_path):
    file = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    file.append_all([review(f"q/{n}") for n in range(20)])
    moved = Store(postgres.new())
    assert moved.import_rows(file.export()) == Imported(20, 0)
    assert moved.import_rows(file.export()) == Imported(0, 20)
    assert moved.rows() == file.rows() and moved.states() == file.states()
    assert moved.export() == file.export()
    file.close()
    moved.close()


def test_a_copy_is_made_by_the_database_not_by_the_app(postgres, tmp_path):
    store = Store(postgres.new())
    with pytest.raises(ProgressError, match="pg_dump"):
        store.backup(tmp_path / "copy.sqlite")
    store.close()
