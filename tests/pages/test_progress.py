"""The progress page with no history, a small one and a large one."""

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from study.bank import loading
from study.reviews.review import Row
from study.reviews.storage import schema
from study.reviews.storage.store import Store
from tests.pages.conftest import texts
from ui.shared.review_log import today

BANK = loading.load()
TODAY = today()


def filled(answers: int, days: int) -> None:
    """A history of that many answers, an interview ahead, one item suspended, one interview."""
    rng, store = random.Random(answers), Store()
    ids = [item.id for item in BANK.items] + ["gone/item", "drill/macs"]
    rows = [
        Row(
            "plan",
            body={"interview": (TODAY + timedelta(days=9)).isoformat(), "day": TODAY.isoformat()},
        )
    ]
    for n in range(answers):
        day = TODAY - timedelta(days=days - 1 - n * days // answers)
        right = rng.random() < 0.7
        body = {"rating": 3 if right else 1, "correct": right, "day": day.isoformat()}
        rows.append(
            Row("review", rng.choice(ids), body=body | {"confidence": rng.choice([0.5, 0.8, 1.0])})
        )
    rows.append(Row("suspend", ids[0], body={"suspended": True, "day": TODAY.isoformat()}))
    script = {"session": "s", "seed": 1, "minutes": 15, "role": "junior", "language": "en"}
    mark = {"question": BANK.questions[0].id, "path": [], "mark": "strong", "seconds": 60.0}
    mark |= {"notes": "", "flags": [], "points": []}
    rows.append(Row("mock", body={**script, "mark": mark, "day": TODAY.isoformat()}))
    store.append_all(rows)
    store.close()


def test_without_a_history_there_is_one_sentence_and_a_way_to_begin(open_page):
    app = open_page("progress", "en")
    assert len(app.info) == 1 and not app.metric


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("answers", "days"), [(1, 1), (40, 3), (3000, 200)])
def test_a_history_of_any_size_shows_every_part(open_page, language, answers, days):
    filled(answers, days)
    app = open_page("progress", language)
    assert app.metric[0].value == f"{answers:,}"
    charts = app.get("vega_lite_chart")
    assert len(charts) >= 4
    assert "%" in texts(app)
    headers = [part.value for part in app.header]
    assert len(headers) == len(set(headers)) >= (6 if answers == 1 else 7)
    assert len(app.title) == 1 and not app.subheader  # h1, then h2


def test_bringing_back_a_suspended_item_and_starting_over(open_page):
    filled(40, 3)
    app = open_page("progress", "en")
    back = next(b for b in app.button if str(b.key).startswith("back_"))
    app = back.click().run()
    assert not [b for b in app.button if str(b.key).startswith("back_")]
    assert next(b for b in app.button if b.key == "progress_reset").disabled
    app.checkbox(key="progress_sure").check().run()
    app = next(b for b in app.button if b.key == "progress_reset").click().run()
    assert len(app.info) == 1  # as if nothing had been answered
    store = Store()
    assert store.states() == {} and len(store.rows()) == 45
    store.close()


def test_a_suspended_item_that_the_bank_does_not_know_is_shown_as_text(open_page):
    name = "![x](http://198.51.100.7/x.png)"
    store = Store()
    store.append_all(
        [
            Row("review", BANK.items[0].id, body={"rating": 3}),
            Row("review", name, body={"rating": 3}),
            Row("suspend", name, body={"suspended": True}),
        ]
    )
    store.close()
    labels = [b.label for b in open_page("progress", "en").button if b.key == f"back_{name}"]
    assert len(labels) == 1 and f"` {name} `" in labels[0]


def test_the_plan_is_kept_as_a_row_and_says_what_it_reaches(open_page):
    filled(1, 1)
    app = open_page("progress", "en")
    items = len(BANK.items)  # one is suspended
    assert f"of {items - 1}** items by {(TODAY + timedelta(days=9)).isoformat()}" in texts(app)
    app.number_input[0].set_value(240)
    app.date_input[0].set_value(TODAY + timedelta(days=60))
    app.button[[b.label for b in app.button].index("Save the plan")].click().run()
    assert f"all {items - 1} items by {(TODAY + timedelta(days=60)).isoformat()}" in texts(app)
    store = Store()
    body = store.plans()[-1].body
    store.close()
    assert (body["minutes"], body["retention"]) == (240, 0.9)
    assert date.fromisoformat(body["day"]) and not app.exception


def test_what_does_not_stick_is_named_and_can_be_set_aside(open_page):
    store, item = Store(), BANK.items[3].id
    days = [TODAY - timedelta(days=n) for n in range(6, 1, -1)]
    store.append_all(
        Row("review", item, body={"rating": 1, "correct": False, "day": day.isoformat()})
        for day in days
    )
    app = open_page("progress", "en")
    assert "Failed 5 of 5 times" in texts(app)
    app.button(key=f"leech_{item}").click().run()
    assert "Failed 5 of 5" not in texts(app) and not app.exception
    assert store.states()[item].hidden_until is not None
    store.close()


def test_after_a_break_the_page_says_over_how_many_days_the_backlog_is_spread(open_page):
    store, old = Store(), (TODAY - timedelta(days=60)).isoformat()
    store.append_all(
        Row("review", item.id, body={"rating": 3, "correct": True, "day": old})
        for item in BANK.items[:200]
    )
    shown = texts(open_page("progress", "en"))
    assert "200 items are due" in shown and "spread over the next" in shown
    plan = {"interview": (TODAY + timedelta(days=9)).isoformat(), "day": TODAY.isoformat()}
    store.append(Row("plan", body=plan))
    soon = texts(open_page("progress", "en"))
    assert "no time for all of them before the interview" in soon and "spread over" not in soon
    store.close()


def test_an_interview_without_an_answer_has_no_row(open_page):
    filled(1, 1)
    store = Store()
    script = {"session": "t", "seed": 1, "minutes": 30, "role": "junior", "language": "en"}
    store.append(Row("mock", body={**script, "day": TODAY.isoformat()}))
    store.close()
    links = [str(link.proto) for link in open_page("progress", "en").get("page_link")]
    mocks = [link for link in links if "minutes" in link]
    assert len(mocks) == 1 and TODAY.isoformat() in mocks[0]


@pytest.mark.parametrize("page", ["progress", "settings", "home", "quiz"])
def test_rows_that_cannot_be_folded_leave_every_page_working(open_page, page):
    filled(5, 2)
    store = Store()
    with closing(sqlite3.connect(store.path)) as raw:
        for place, body in enumerate(('{"undoes": [1]}', '{"mark": "banana"}', "nonsense")):
            kind = ("undo", "mock", "review")[place]
            raw.execute(
                "INSERT INTO log (id, kind, profile, at, body) VALUES (?, ?, 'local', ?, ?)",
                [f"bad{place}", kind, "2026-11-20T10:00:00+00:00", body],
            )
        raw.commit()
    store.close()
    shown = texts(open_page(page, "en"))
    assert ("3 rows of the log" in shown) is (page in ("progress", "settings"))


@pytest.mark.parametrize("page", ["progress", "settings", "quiz"])
@pytest.mark.parametrize("kind", ["damaged", "foreign", "nonsense", "text"])
def test_a_log_that_cannot_be_opened_leaves_frame_and_settings_working(
    open_page, monkeypatch, tmp_path, kind, page
):
    path = tmp_path / "progress.sqlite"
    if kind == "nonsense":
        monkeypatch.setenv("RESIDUAL_DB", "nonsense")
    else:
        monkeypatch.setenv("RESIDUAL_DB", f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE recipes (name)")
        if kind == "damaged":
            raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            raw.execute("PRAGMA user_version = -4")
    if kind == "text":
        path.write_bytes(b"hello " * 999)
    app = open_page(page, "en")
    assert len(app.error) == 1 and app.title
    if page == "settings":
        assert "RESIDUAL_HOME" in texts(app)  # the rest of the page is there
    anew = [button for button in app.button if button.label == "Set it aside and go on"]
    assert len(anew) == (kind in ("damaged", "text"))
    if anew:
        app = anew[0].click().run()
        assert not app.exception and not app.error and app.success
