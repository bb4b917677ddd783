"""Nothing lost, nothing twice, never a traceback: killed, clicked twice, shared, damaged, full."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from study.reviews import backups
from study.reviews.imports import Imported
from study.reviews.memory_state import folded
from study.reviews.review import Row
from study.reviews.storage import schema
from study.reviews.storage.connections import wal_is_sound
from study.reviews.storage.store import ProgressError, Store
from tests.study.reviews.killing import first_version

ROOT = Path(__file__).resolve().parents[4]
# Everything runs in CI; the counts of the acceptance test are asked for by RESIDUAL_KILLS=200.
KILLS = int(os.environ.get("RESIDUAL_KILLS", "12"))
MIGRATIONS = max(6, KILLS * 60 // 200)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def review(item="q/a", rating=3, day="2026-11-20", **body) -> Row:
    return Row("review", item, "v1", {"rating": rating, "day": day, **body})


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "progress.sqlite"


@pytest.fixture
def store(path):
    opened = Store(url(path))
    yield opened
    opened.close()


def child(action: str, named: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.study.reviews.killing", action, named]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_every_acknowledged_answer_is_there_once_after_kill_9(database):
    named, acknowledged, rng = database.new(), [], random.Random(0)
    for _ in range(KILLS):
        process = child("answer", named)
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(rng.uniform(0, 0.05))
        process.kill()
        acknowledged += process.stdout.read().split()
        process.wait()
        process.stdout.close()
    whole = [told for told in acknowledged if len(told) == 24]  # the last line may be torn
    store = database.store(named)
    kept = [row.id for row in store.rows()]
    assert len(kept) == len(set(kept))
    assert set(whole) <= set(kept)
    assert len(set(kept) - set(whole)) <= KILLS  # durable, but killed before it could say so
    assert store.states() == folded(store.rows())
    if store.path is not None:
        store.close()
        assert intact(store.path)
    print(f"\n{KILLS} kills: {len(whole)} answers acknowledged, {len(kept)} kept, 0 lost")


def test_a_killed_migration_leaves_the_old_version_or_the_new_one(tmp_path):
    first_version(tmp_path / "first.sqlite", 3000)
    rng, found = random.Random(1), []
    for number in range(MIGRATIONS):
        path = tmp_path / f"{number}.sqlite"
        shutil.copyfile(tmp_path / "first.sqlite", path)
        process = child("migrate", url(path))
        process.stdout.readline()
        time.sleep(rng.uniform(0, 0.15))
        process.kill()
        process.communicate()
        found.append(schema_of(path))
        store = Store(url(path))
        assert len(store.rows()) == 3000
        assert store.states() == folded(store.rows())
        store.close()
        for leftover in tmp_path.glob(f"{number}.*"):
            leftover.unlink()
    assert set(found) <= {(1, False), (2, True), (3, False)}
    print(f"\n{MIGRATIONS} kills: {found.count((1, False))} old, {found.count((3, False))} new")


def schema_of(path: Path) -> tuple[int, bool]:
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'states'").fetchall()
    connection.close()
    return version, bool(tables)


def intact(path: Path) -> bool:
    connection = sqlite3.connect(path)
    told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return told == "ok"


def test_eight_processes_that_open_it_first_all_succeed(tmp_path):
    """A new file, and one of the first version that the first of them brings up."""
    for name, answers in (("new", 0), ("old", 500)):
        path = tmp_path / f"{name}.sqlite"
        if answers:
            first_version(path, answers)
        children = [child("first", url(path)) for _ in range(8)]
        told = [process.communicate()[0].split() for process in children]
        assert told == [[str(answers)]] * 8
        assert [found.name for found in tmp_path.glob("*.part")] == []


def test_four_processes_that_open_an_empty_database_first_all_succeed(database):
    named = database.new()
    children = [child("first", named) for _ in range(4)]
    assert [process.communicate()[0].split() for process in children] == [["0"]] * 4


def test_twenty_double_clicks_make_twenty_rows(database):
    """Each click from a session of its own, both at once."""
    named = database.new()
    first, second = database.store(named), database.store(named)
    for number in range(20):
        row, inserted = review(f"q/{number}"), []
        meet = threading.Barrier(2)

        def click(store, row=row, inserted=inserted, meet=meet):
            meet.wait()
            inserted.append(store.append(row))

        clicks = [threading.Thread(target=click, args=(store,)) for store in (first, second)]
        [thread.start() for thread in clicks]
        [thread.join() for thread in clicks]
        assert sorted(inserted) == [False, True]
    assert len(first.rows()) == 20
    assert all(state.reviews == 1 for state in first.states().values())


def test_eight_sessions_of_fifty_answers_never_find_it_locked(database):
    named = database.new()
    Store(named).close()
    failed, waits = [], []

    def session(number: int) -> None:
        own = Store(named)
        for count in range(50):
            began = time.monotonic()
            try:
                own.append(review(f"q/{count % 5}", 1 + count % 4, id_=f"{number}-{count}"))
            except ProgressError as error:
                failed.append(error)
            waits.append(time.monotonic() - began)
        own.close()

    sessions = [threading.Thread(target=session, args=(n,)) for n in range(8)]
    [thread.start() for thread in sessions]
    [thread.join() for thread in sessions]
    store = database.store(named)
    assert failed == []
    assert len(store.rows()) == 400
    assert sum(state.reviews for state in store.states().values()) == 400
    assert store.states() == folded(store.rows())
    print(
        f"\n400 answers: p99 {1000 * sorted(waits)[-4]:.0f} ms, slowest {1000 * max(waits):.0f} ms"
    )


days = some.dates(date(2026, 1, 1), date(2026, 3, 1)).map(date.isoformat)
items = some.sampled_from(["q/a", "q/b", "drill/macs"])


@some.composite
def logs(draw) -> list[Row]:
    """Rows of every kind, with undos and resets of what came before, clocks that jump, 2 people."""
    rows: list[Row] = []
    for _ in range(draw(some.integers(0, 25))):
        kind = draw(
            some.sampled_from(["review"] * 5 + ["undo", "bury", "suspend", "reset", "plan"])
        )
        body: dict = {"day": draw(days)}
        item = draw(items)
        if kind == "review":
            body["rating"] = draw(some.integers(1, 4))
        if kind == "undo" and rows:
            body["undoes"] = draw(some.sampled_from(rows)).id
            item = draw(some.sampled_from(["", item]))
        if kind == "suspend":
            body["suspended"] = draw(some.booleans())
        if kind == "reset" and draw(some.booleans()):
            item = ""
        if kind == "plan":
            item, body["interview"] = "", draw(some.sampled_from(["", "2026-03-01"]))
        rows.append(Row(kind, item, body=body, profile=draw(some.sampled_from(["local", "two"]))))
    return rows


@pytest.fixture
def two(database) -> tuple[Store, Store]:
    """Two logs, which the examples of one test empty in turn."""
    return database.store(), database.store()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=logs(), together=some.integers(0, 25))
def test_states_kept_with_each_answer_equal_those_of_the_whole_log(two, rows, together):
    """One by one, several in one transaction, rebuilt, and imported elsewhere: all the same."""
    store, other = two
    store.delete_all()
    other.delete_all()
    for row in rows[together:]:
        store.append(row)
    store.append_all(rows[:together])
    other.import_rows(store.export())
    for profile in ("local", "two"):
        kept = store.states(profile)
        assert kept == folded(store.rows(profile))
        assert other.states(profile) == kept


def test_an_undo_gives_back_the_state_of_before(log):
    log.append(review(day="2026-11-01"))
    before = log.states()
    row = review(rating=1, day="2026-11-05")
    log.append(row)
    assert log.states() != before
    log.append(Row("undo", "q/a", body={"undoes": row.id}))
    assert log.states() == before
    assert len(log.rows()) == 3  # nothing was taken out of the log


def test_the_undoing_of_a_reset_gives_everything_back(log):
    log.append(review())
    before = log.states()
    reset = Row("reset")
    log.append(reset)
    assert log.states() == {}
    log.append(Row("undo", body={"undoes": reset.id}))
    assert log.states() == before


def test_the_log_refuses_changes_and_deletions(path, store):
    store.append(review())
    raw = sqlite3.connect(path)
    for statement in ("UPDATE log SET kind = 'bury'", "DELETE FROM log"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()


def test_deleting_everything_leaves_a_log_that_is_append_only_again(path, store):
    store.append(review())
    store.delete_all()
    assert store.rows() == [] and store.states() == {}
    store.append(review())
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("DELETE FROM log")
    raw.close()


def test_export_and_import_keep_every_row(database):
    rows = [review(answer="残差 ∑ \u0000 \"'"), Row("plan", body={"interview": "2026-12-01"})]
    store, other = database.store(), database.store()
    store.append_all(rows)
    assert other.import_rows(store.export()) == Imported(2, 0)
    assert other.import_rows(store.export()) == Imported(0, 2)
    assert other.rows() == store.rows() == rows
    assert other.export() == store.export()


def test_a_first_version_database_is_brought_up_with_a_copy_kept(path):
    first_version(path, 100)
    store = Store(url(path))
    assert len(store.rows()) == 100
    assert store.states() == folded(store.rows()) != {}
    store.close()
    assert schema_of(path) == (schema.VERSION, False)
    assert schema_of(path.with_name("progress.before-3.sqlite")) == (1, False)


def test_a_database_brought_up_equals_one_made_new(path, tmp_path):
    first_version(path, 0)
    Store(url(path)).close()
    new = tmp_path / "new.sqlite"
    Store(url(new)).close()
    assert shape(path) == shape(new)


def shape(path: Path) -> list[tuple]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY name")
    told = found.fetchall()
    connection.close()
    return told


def test_a_later_version_is_refused_and_left_alone(path):
    Store(url(path)).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(ProgressError, match="later version") as caught:
        Store(url(path))
    assert caught.value.message.key == "progress.too_new"
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(path):
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE recipes (name)")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(ProgressError, match="another program"):
        Store(url(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["text", "half", "zeros"])
def test_a_damaged_file_is_a_sentence_and_can_be_set_aside(path, damage):
    store = Store(url(path))
    store.append_all([review(f"q/{n}") for n in range(200)])
    backups.daily(store, date(2026, 11, 20))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(
        {"text": b"hello " * 400, "half": whole[: len(whole) // 2], "zeros": bytes(8192)}[damage]
    )
    with pytest.raises(ProgressError, match="damaged"):
        Store(url(path)).rows()
    hurt = path.read_bytes()
    aside = backups.set_aside(path)
    assert aside.read_bytes() == hurt and not path.exists()
    assert backups.restore(path) is not None
    again = Store(url(path))
    assert len(again.rows()) == 200
    again.close()


def test_without_a_copy_a_damaged_file_gives_way_to_an_empty_log(path):
    path.write_bytes(b"nonsense " * 200)
    backups.set_aside(path)
    assert backups.restore(path) is None
    store = Store(url(path))
    assert store.rows() == []
    store.close()


def test_the_last_seven_daily_copies_are_kept(store, path):
    for number in range(10):
        backups.daily(store, date(2026, 11, 1) + timedelta(days=number))
    names = [copy.name for copy in backups.copies(path)]
    assert names == [f"progress-2026-11-{day:02d}.sqlite" for day in range(10, 3, -1)]


def test_a_copy_made_while_others_write_is_whole(store, path, tmp_path):
    stop = threading.Event()

    def write() -> None:
        own = Store(url(path))
        while not stop.is_set():
            own.append(review())
        own.close()

    writer = threading.Thread(target=write)
    writer.start()
    store.backup(tmp_path / "copy.sqlite")
    stop.set()
    writer.join()
    copy = Store(url(tmp_path / "copy.sqlite"))
    assert copy.states() == folded(copy.rows())
    copy.close()
    assert intact(tmp_path / "copy.sqlite")


def test_a_database_locked_by_another_program_is_a_sentence(path):
    store = Store(url(path), busy_ms=50)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ProgressError, match="in use by another program") as caught:
        store.append(review())
    assert caught.value.message.key == "progress.locked"
    other.execute("ROLLBACK")
    assert store.append(review())
    other.close()
    store.close()


def test_while_one_writes_others_can_read(path):
    store = Store(url(path), busy_ms=50)
    store.append(review())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(store.rows()) == 1 and len(store.states()) == 1
    other.execute("ROLLBACK")
    other.close()
    store.close()


AS_ANOTHER = """
import sys
from study.reviews.review import Row
from study.reviews.storage.store import ProgressError, Store
try:
    store = Store(sys.argv[1])
    print("rows", len(store.rows()))
    store.append(Row("review", "q/b", body={"rating": 3}))
    print("kept")
except ProgressError as error:
    print(error.message.key, "|", error)
"""


def unprivileged(folder: Path, code: str, *args: str) -> str:
    """Run as an account that permissions hold for; root passes through all of them."""
    command = [sys.executable, "-c", code, *args]
    if os.geteuid() == 0:
        account = next((a for a in ("labuser", "nobody") if _account(a)), None)
        if account is None or shutil.which("setpriv") is None:
            pytest.skip("needs an account that is not root, and setpriv")
        command = ["setpriv", f"--reuid={account}", "--clear-groups", "--regid=65534", *command]
    for part in (
        "base",
        "locales",
        "study",
        "resnet_core",
    ):  # the checkout may be closed to that account
        shutil.copytree(ROOT / part, folder / "code" / part, ignore=NO_CACHE)
    done = subprocess.run(command, cwd=folder / "code", capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


NO_CACHE = shutil.ignore_patterns("__pycache__")


def _account(name: str) -> bool:
    import pwd

    return name in {entry.pw_name for entry in pwd.getpwall()}


@pytest.fixture
def open_to_all():
    """A folder that other accounts can reach; pytest's own are closed to them."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    (folder / "closed").chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_what_cannot_be_written_can_still_be_read(open_to_all):
    path = open_to_all / "closed" / "progress.sqlite"
    store = Store(url(path))
    store.append(review())
    store.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    told = unprivileged(open_to_all, AS_ANOTHER, url(path))
    assert told.startswith("rows 1\nprogress.cannot_write | Progress cannot be kept in ")
    assert "still on the page" in told


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_that_cannot_be_made_is_a_sentence(open_to_all):
    closed = open_to_all / "closed"
    closed.mkdir(mode=0o555)
    told = unprivileged(open_to_all, AS_ANOTHER, url(closed / "new" / "progress.sqlite"))
    assert told.startswith("progress.cannot_write |")


def test_a_full_disk_loses_nothing_that_was_acknowledged(path):
    """The size limit of SQLite itself stands for the disk: the same error, no root needed."""
    store = Store(url(path))

    def small(raw, _):
        raw.execute("PRAGMA max_page_count = 24")

    import sqlalchemy as sa

    sa.event.listen(store._connections._engine, "connect", small)
    store._connections.close()
    kept = []
    with pytest.raises(ProgressError, match="full"):
        for number in range(2000):
            row = review(f"q/{number}", answer="x" * 200)
            store.append(row)
            kept.append(row.id)
    store.close()
    again = Store(url(path))
    assert [row.id for row in again.rows()] == kept and kept
    again.close()
    assert intact(path)


def test_wal_is_used_only_where_sqlite_does_not_lose_it():
    assert not any(wal_is_sound(v) for v in ((3, 40, 1), (3, 44, 5), (3, 50, 6), (3, 51, 2)))
    assert all(wal_is_sound(v) for v in ((3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0)))


def test_a_row_that_could_not_be_folded_is_never_written(log):
    with pytest.raises(ValueError, match="rating"):
        log.append(replace(review(), body={"rating": 0}))
    with pytest.raises(ValueError, match="kind"):
        log.append(Row("dance"))
    assert log.rows() == []


def test_a_daily_copy_that_finds_no_room_is_left_out_and_leaves_nothing_behind(store, path):
    store.append(review())
    backups.folder_of(path).write_text("a file where the folder should be")
    assert backups.daily(store, date(2026, 11, 20)) is None
    backups.folder_of(path).unlink()
    with pytest.raises(ProgressError, match="cannot be kept"):
        store.backup(path.parent / "no" / "such" / "copy.sqlite")
    assert backups.daily(store, date(2026, 11, 20)) is not None
    assert [found.name for found in path.parent.rglob("*.part")] == []


@pytest.mark.parametrize("named", ["", "q/other"])
def test_an_undo_reaches_its_row_whatever_item_it_names(log, named):
    row = review("q/a")
    log.append(row)
    log.append(Row("undo", named, body={"undoes": row.id}))
    assert log.states() == folded(log.rows()) == {}


def test_a_write_holds_the_lock_from_its_beginning(store, path):
    """Or under a WAL a transaction that reads first would be refused the write at once."""
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    with store._writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    with store._reading() as connection:
        connection.exec_driver_sql("SELECT 1")
        other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()
