"""Settings: the learner's choices, backups that come back, deletion after a typed word."""

import json
from datetime import timedelta

import pytest
from filelock import FileLock

from base import folders
from resnet_core import library, runs
from resnet_core.experiment.presets import PRESETS
from study.reviews.review import Row
from study.reviews.storage.store import Store
from tests.pages.conftest import texts
from ui.settings import sections
from ui.shared.review_log import today
from ui.shell import preferences
from ui.shell.i18n import catalogue


@pytest.fixture
def store(own_home):
    made = Store()
    yield made
    made.close()


def answer(row_id: str) -> Row:
    body = {"rating": 3, "correct": True, "answer": "none", "graded_by": "exact"}
    return Row("review", "why-shortcuts/parameters-of-skip", "v", body, id=row_id)


def upload(app, name: str, data: bytes):
    app.get("file_uploader")[0].upload(name, data, "application/octet-stream").run()
    next(b for b in app.button if b.label == "Import").click().run()
    assert not app.exception


def test_where_things_lie_and_which_versions_run_is_told(open_page, own_home, tmp_path):
    shown = texts(open_page("settings", "en"))
    assert str(tmp_path / "home") in shown
    assert "TensorFlow" in shown or "tensorflow" in shown
    assert "Krizhevsky" in shown


@pytest.mark.parametrize("kind", ["sqlite", "jsonl"])
def test_a_backup_and_an_export_come_back_and_nothing_is_doubled(open_page, store, tmp_path, kind):
    store.append(answer("a"))
    copy = tmp_path / "copy.sqlite"
    store.backup(copy)
    data = copy.read_bytes() if kind == "sqlite" else store.export().encode()
    store.delete_all()
    store.append(answer("b"))
    for _ in range(2):
        upload(open_page("settings", "en"), f"copy.{kind}", data)
    assert sorted(row.id for row in store.rows()) == ["a", "b"]


def test_nothing_is_copied_or_exported_until_it_is_asked_for(open_page, store, monkeypatch):
    store.append(answer("a"))
    made = []
    monkeypatch.setattr(Store, "export", lambda self: made.append("export") or "")
    monkeypatch.setattr("ui.settings.sections._copy", lambda store: made.append("copy") or b"")
    app = open_page("settings", "en")
    app.radio[0].set_value(3).run()
    assert made == [] and not app.exception
    assert len(app.get("download_button")) == 2


def test_a_line_that_cannot_be_used_is_named_and_the_others_come_in(open_page, store):
    good = {"kind": "review", "id": "g", "at": "2026-11-20T10:00:00Z", "body": {"rating": 3}}
    bad = {**good, "id": "b", "kind": "undo", "body": {"undoes": [1]}}
    app = open_page("settings", "en")
    upload(app, "x.jsonl", f"{json.dumps(good)}\n{json.dumps(bad)}".encode())
    assert "1 rows imported" in texts(app) and "row 2: body.undoes" in texts(app)
    assert [row.id for row in store.rows()] == ["g"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.jsonl", b"\xff\xfe"), ("x.jsonl", b'{"kind": 1}'), ("x.sqlite", b"not a database" * 99)],
)
def test_a_foreign_file_is_a_sentence_and_leaves_the_log_alone(open_page, store, name, data):
    store.append(answer("a"))
    app = open_page("settings", "en")
    upload(app, name, data)
    assert app.error
    assert [row.id for row in store.rows()] == ["a"]


def test_deletion_waits_for_the_typed_word(open_page, store):
    store.append(answer("a"))
    app = open_page("settings", "en")
    button = next(b for b in app.button if b.label == "Delete")
    assert button.disabled
    app.text_input[0].set_value("delete").run()
    next(b for b in app.button if b.label == "Delete").click().run()
    assert store.rows() == []


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(-3, ""), (0, "interview is today"), (1, "interview is tomorrow"), (9, "9 days")],
)
def test_the_interview_day_is_told_in_words_and_a_past_one_as_past(open_page, store, ahead, said):
    day = today() + timedelta(days=ahead)
    store.append(Row("plan", body={"interview": day.isoformat(), "day": today().isoformat()}))
    store.append(answer("a"))  # home welcomes until the first one
    shown = texts(open_page("home", "en"))
    assert said in shown and ("until the interview" in shown) is (ahead > 1)
    assert ("That day is past" in texts(open_page("settings", "en"))) is (ahead < 0)


def test_runs_and_caches_go_when_asked_for_but_not_a_run_that_trains(open_page, own_home):
    ended, training, waiting, thrown = (runs.create(PRESETS["fast-20"]) for _ in range(4))
    library.throw(thrown.folder)
    runs.enter_queue(waiting.folder)
    (folders.caches() / "cifar").mkdir(parents=True)
    with FileLock(training.folder / runs.LOCK):
        app = open_page("settings", "en")
        app.session_state["settings_clear"] = True
        app.run()
        assert app.button(key="clear_runs").disabled
        app.checkbox(key="clear_sure").check().run()
        app.button(key="clear_runs").click().run()
        app.button(key="clear_caches").click().run()
    assert not app.exception
    assert not ended.folder.exists() and not folders.caches().exists()
    assert training.folder.exists() and waiting.folder.exists()
    assert not library.bin_of(folders.runs()).exists()


def test_every_library_has_its_licence(open_page):
    shown = texts(open_page("settings", "en"))
    assert "| streamlit |" in shown and "Apache" in shown and "| fsrs |" in shown
    assert "| – |" not in shown


def test_a_library_that_pip_is_replacing_has_dashes():
    assert sections._library("no-such-library") == "| no-such-library | – | – |"


def test_a_stranger_sees_no_paths_and_changes_no_preference(open_page, own_home, monkeypatch):
    monkeypatch.setattr("ui.shell.visitors.access.loopback_only", lambda: False)
    app = open_page("settings", "zh")
    assert str(folders.home()) not in texts(app)
    assert [info.value for info in app.info] == [catalogue("zh")["access.reachable"]]
    assert not open_page("home", "zh").radio
    assert preferences.load() == preferences.Preferences()
