"""Whatever a file holds, the app goes on: rows are folded or set aside, never half believed."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from study.practice.mock_interview import sessions
from study.reviews import imports
from study.reviews.memory_state import folded
from study.reviews.review import Row, day_of
from study.reviews.storage import schema
from study.reviews.storage.store import ProgressError, Store
from study.scheduling import queue, readiness, statistics
from tests.damage import VALUES, tries

AT = "2026-11-20T10:00:00.000+00:00"
OLD = Path(__file__).parent / "old"
GOOD = {"kind": "review", "id": "good", "at": AT, "item": "q/a", "body": {"rating": 3}}


def line(kind: str, body: object, **columns: object) -> str:
    return json.dumps({"kind": kind, "id": "bad", "at": AT, "body": body, **columns})


def nested(levels: int) -> dict:
    told: dict = {}
    for _ in range(levels):
        told = {"answer": told}
    return told


MOCK = {"session": "s", "seed": 1, "minutes": 15, "role": "junior", "language": "en"}
MARK = {"question": "q", "path": [], "mark": "weak", "seconds": 9.5, "notes": ""}
MARK |= {"flags": [], "points": []}
BROKEN = {
    "no JSON": "not json",
    "a list": "[]",
    "columns missing": '{"kind": "review"}',
    "half a surrogate pair": line("bury", {}, id="\ud800"),
    "100,000 brackets": "[" * 100_000,
    "unknown kind": line("dance", {}),
    "an item that is a list": line("bury", {}, item=["q/a"]),
    "a time without a zone": line("review", {"rating": 3}, at="2026-11-20T10:00:00"),
    "rating 9": line("review", {"rating": 9}),
    "rating true": line("review", {"rating": True}),
    "confidence of text": line("review", {"rating": 3, "confidence": "high"}),
    "confidence 2": line("review", {"rating": 3, "confidence": 2}),
    "correct as a list": line("review", {"rating": 3, "correct": []}),
    "drill as a list": line("review", {"rating": 3, "drill": [1]}),
    "seconds of infinity": line("review", {"rating": 3, "seconds": float("inf")}),
    "a day that is a number": line("bury", {"day": 7}),
    "a day long ago": line("bury", {"day": "0001-01-01"}),
    "undo of a list": line("undo", {"undoes": [1]}),
    "undo of an object": line("undo", {"undoes": {"a": 1}}),
    "suspended in words": line("suspend", {"suspended": "no"}),
    "a plan of text": line("plan", {"a_day": "1e3"}),
    "a plan without end": line("plan", {"new_a_day": 1e300}),
    "an interview that is no day": line("plan", {"interview": "x"}),
    "a mark that is text": line("mock", {**MOCK, "mark": "banana"}),
    "a mark that is a list": line("mock", {**MOCK, "mark": {**MARK, "mark": ["weak"]}}),
    "flags as an object": line("mock", {**MOCK, "mark": {**MARK, "flags": {"a": 1}}}),
    "flags of lists": line("mock", {**MOCK, "mark": {**MARK, "flags": [["a"]]}}),
    "points of objects": line("mock", {**MOCK, "mark": {**MARK, "points": [{}]}}),
    "minutes 0": line("mock", {**MOCK, "minutes": 0}),
    "a session that is a list": line("mock", {**MOCK, "session": ["s"]}),
    "nested 900 deep": line("review", {"rating": 3, **nested(900)}),
    "nested 40 deep": line("prediction", nested(40)),
    "a megabyte": line("review", {"rating": 3, "answer": "x" * 1_000_000}),
}


def everything_reads(store: Store) -> None:
    """Do what the pages do with a log."""
    rows, known = store.rows(), store.states()
    answered = store.reviews()
    day = day_of(max(row.moment for row in rows)) if rows else None
    plan = queue.plan_of(store.plans())
    sessions(store.mocks())
    statistics.calibration(answered)
    statistics.retention(answered)
    readiness.belief(answered)
    if day is not None:
        for later in (0, 40):
            queue.today(sorted(known), known, day + timedelta(days=later), plan)
    store.export()
    store.append(Row("review", "q/a", body={"rating": 3}))


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_line_that_cannot_be_folded_is_set_aside_and_the_others_come_in(text, log):
    found = log.import_rows(json.dumps(GOOD) + "\n" + text)
    assert (found.new, len(found.aside)) == (1, 1)
    assert found.aside[0].place == 2 and str(found.aside[0].message)
    assert [row.id for row in log.rows()] == ["good"]
    everything_reads(log)


@pytest.mark.parametrize("text", [*BROKEN.values(), "\x00", "{}"], ids=lambda text: text[:40])
def test_a_file_without_one_row_is_refused_with_a_sentence(text, log):
    with pytest.raises(ProgressError, match="Nothing was imported"):
        log.import_rows(text)
    assert log.rows() == []


IN_FILE = {
    "no JSON": ("review", "q/a", "not json"),
    "a blob": ("review", "q/a", b"\xff\xfe"),
    "a number": ("review", "q/a", 7.5),
    "100,000 brackets": ("review", "q/a", "[" * 100_000),
    "a kind of a later version": ("dance", "q/a", "{}"),
} | {
    name: (told["kind"], "q/a", json.dumps(told["body"]))
    for name, text in BROKEN.items()
    if text.startswith('{"kind": "') and len(text) < 50_000
    if (told := json.loads(text)).get("id") == "bad" and told["at"] == AT
    if told["kind"] != "dance" and "item" not in told
}


@pytest.mark.parametrize(("kind", "item", "body"), IN_FILE.values(), ids=IN_FILE)
def test_a_row_that_an_older_version_let_in_is_left_out_with_a_note(tmp_path, kind, item, body):
    """It was written past the validator, as earlier versions could."""
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    store.append(Row("review", "q/a", body={"rating": 3}))
    with closing(sqlite3.connect(tmp_path / "p.sqlite")) as raw:
        raw.execute(
            "INSERT INTO log (id, kind, profile, item, at, body) VALUES ('b', ?, 'local', ?, ?, ?)",
            [kind, item, AT, body],
        )
        raw.commit()
    assert len(store.rows()) == 1 and [one.place for one in store.aside()] == [2]
    everything_reads(store)
    store.close()


def test_an_export_saved_with_a_byte_order_mark_comes_in(log):
    data = b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n"
    assert log.import_file(data) == imports.Imported(1, 0)
    assert log.import_rows("\ufeff" + json.dumps(GOOD)) == imports.Imported(0, 1)


def test_a_file_of_the_second_version_opens_and_folds_as_it_did(tmp_path):
    path = tmp_path / "progress.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((OLD / "version_2.sql").read_text("utf-8"))
    data = path.read_bytes()
    store = Store(f"sqlite:///{path}")
    assert store.aside() == () and len(store.rows()) == 55 and len(store.rows("two")) == 1
    for profile, wanted in json.loads((OLD / "version_2_states.json").read_text()).items():
        found = {
            item: {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in vars(state).items()
            }
            for item, state in store.states(profile).items()
        }
        assert found == wanted
    elsewhere = Store("sqlite://")
    assert elsewhere.import_file(data).new == 56 and elsewhere.states() == store.states()
    store.close()
    elsewhere.close()


def ours(path: Path, *statements: str) -> bytes:
    """A progress file with some of its table replaced."""
    with closing(sqlite3.connect(path)) as raw:
        for statement in (
            f"PRAGMA application_id = {schema.APPLICATION_ID}",
            f"PRAGMA user_version = {schema.VERSION}",
            *statements,
        ):
            raw.execute(statement)
        raw.commit()
    return path.read_bytes()


PLAIN = "CREATE TABLE log (place INTEGER PRIMARY KEY, id, kind, profile, item, version, at, body)"
ROW = "INSERT INTO log VALUES (NULL, {id}, 'review', 'local', 'q/a', '', '{at}', {body})"
BODY = "'{\"rating\": 3}'"
ENDLESS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT x place, 'i' id, 'review' kind, 'local' profile, '' item, '' version, '' at, '{}' body "
    "FROM n"
)
HOSTILE = {
    "a view over an endless query": [f"CREATE VIEW log AS {ENDLESS}"],
    "a view of 400 MB": [
        "CREATE VIEW log AS SELECT 1 place, 'i' id, 'review' kind, 'local' profile, '' item, "
        "'' version, '' at, hex(zeroblob(400000000)) body"
    ],
    "a column of 400 MB": [
        PLAIN.replace("body)", "body AS (hex(zeroblob(400000000))))"),
        "INSERT INTO log (id, kind, profile, item, version, at) VALUES (1, 2, 3, 4, 5, 6)",
    ],
    "a version below 0": [
        PLAIN,
        ROW.format(at=AT, id="'a'", body=BODY),
        "PRAGMA user_version = -3",
    ],
    "no table": [],
    "another table": ["CREATE TABLE log (place, name)"],
    "another program's": [PLAIN, "PRAGMA application_id = 7"],
    "a virtual table": ["CREATE VIRTUAL TABLE log USING fts5(id, body)"],
}


@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_database_is_a_sentence(tmp_path, statements, log):
    data = ours(tmp_path / "given.sqlite", *statements)
    with pytest.raises(ProgressError, match="Nothing was imported"):
        log.import_file(data)
    assert log.rows() == []


def test_reading_a_database_ends_when_its_time_is_up(tmp_path, monkeypatch):
    """Twenty thousand rows are read, and no time is given for them."""
    monkeypatch.setattr(imports, "SECONDS", 0.0)
    slow = "replace(hex(zeroblob(90000)), '0', 'abc')"
    data = ours(
        tmp_path / "given.sqlite",
        PLAIN.replace("body)", f"body AS (length({slow})))"),
        "INSERT INTO log (id) WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT x FROM n LIMIT 20000",
    )
    with pytest.raises(ProgressError, match="too long") as caught:
        imports.rows_of_file(data)
    assert caught.value.message.key == "progress.too_much"


def test_null_blob_and_other_bodies_of_a_database_are_set_aside(tmp_path, log):
    bodies = [BODY, "NULL", "x'ff00'", "'no json'", "'[1]'", "7", "'{\"rating\": 8}'"]
    rows = [ROW.format(at=AT, id=f"'{n}'", body=body) for n, body in enumerate(bodies)]
    rows.append(ROW.format(at=AT, id="NULL", body=BODY))
    data = ours(tmp_path / "given.sqlite", PLAIN, *rows)
    found = log.import_file(data)
    assert found.new == 1 and [one.place for one in found.aside] == [2, 3, 4, 5, 6, 7, 8]
    assert log.states() == folded(log.rows())


@pytest.mark.parametrize("version", [-1, -(2**31)])
def test_our_own_file_with_a_version_below_0_is_told_as_damaged(tmp_path, version):
    path = tmp_path / "progress.sqlite"
    Store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(ProgressError) as caught:
        Store(f"sqlite:///{path}")
    assert caught.value.message.key == "progress.damaged"


@pytest.mark.parametrize("named", ["nonsense", "://", "foo://x", "sqlite:///\x00", "mysql://u@h/x"])
def test_nonsense_in_the_environment_is_a_sentence(monkeypatch, named):
    with pytest.raises(ProgressError) as caught:
        Store(named)
    assert caught.value.message.key in ("progress.bad_url", "progress.cannot_write")


NAMES = sorted({*MOCK, *MARK, "rating", "confidence", "undoes", "day", "interview", "a_day"})
bodies = VALUES | some.dictionaries(some.sampled_from(NAMES), VALUES, max_size=5)


@some.composite
def wild_lines(draw) -> str:
    """A good row of some kind with one thing changed, or anything at all."""
    kind = draw(some.sampled_from(["review", "undo", "plan", "mock", "suspend", "bury", "reset"]))
    good = {"review": {"rating": 3}, "mock": {**MOCK, "mark": dict(MARK)}}.get(kind, {})
    row = {"kind": kind, "id": draw(some.text(max_size=9)), "at": AT, "item": "q/a", "body": good}
    change = draw(some.sampled_from(["column", "body", "inside", "all", "none"]))
    if change == "column":
        row[draw(some.sampled_from(["kind", "id", "at", "item", "profile", "body"]))] = draw(VALUES)
    if change == "body":
        row["body"] = draw(bodies)
    if change == "inside":
        inner = good["mark"] if "mark" in good and draw(some.booleans()) else good
        inner[draw(some.sampled_from(NAMES))] = draw(VALUES)
    return json.dumps(draw(VALUES) if change == "all" else row)


@tries(150)
@given(lines=some.lists(wild_lines(), max_size=6))
def test_no_row_of_an_export_breaks_what_reads_the_log(log, lines):
    log.delete_all()
    log.import_rows("\n".join([json.dumps(GOOD), *lines]))
    everything_reads(log)


@tries(150)
@given(some.data())
def test_a_damaged_backup_gives_rows_or_a_sentence(backup, data):
    """Bytes overwritten, cut off or moved, anywhere in a file with 60 rows."""
    broken = bytearray(backup)
    for _ in range(data.draw(some.integers(1, 6))):
        place = data.draw(some.integers(0, len(broken) - 1))
        broken[place : place + 4] = data.draw(some.binary(min_size=0, max_size=8))
    broken = broken[: data.draw(some.integers(0, len(broken)))]
    store = Store("sqlite://")
    try:
        store.import_file(bytes(broken))
    except ProgressError as error:
        assert error.message.key in ("progress.bad_import", "progress.too_much")
    everything_reads(store)
    store.close()


@tries(60)
@given(some.data())
def test_our_own_file_damaged_anywhere_opens_or_says_so(backup, tmp_path, data):
    path = tmp_path / f"{data.draw(some.uuids()).hex}.sqlite"
    broken = bytearray(backup)
    for _ in range(data.draw(some.integers(1, 4))):
        place = data.draw(some.integers(0, len(broken) - 1))
        broken[place] = data.draw(some.integers(0, 255))
    path.write_bytes(broken)
    store = None
    try:
        store = Store(f"sqlite:///{path}")
        everything_reads(store)
    except ProgressError as error:
        assert error.message.key.startswith("progress.")
    if store:
        store.close()


@pytest.fixture(scope="module")
def backup(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "progress.sqlite"
    store = Store(f"sqlite:///{path}")
    store.append_all([Row("review", f"q/{n % 9}", body={"rating": 1 + n % 4}) for n in range(60)])
    store.close()
    return path.read_bytes()
