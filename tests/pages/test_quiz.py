"""The quiz in AppTest: every answer is in the log before the next card, and nothing else is."""

import json
import re
import time
from datetime import datetime
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from resnet_core import claims
from study.bank import loading
from study.practice import session
from study.reviews.review import Row, day_of
from study.reviews.storage.store import Store
from study.sandbox.running import graded
from tests.pages.conftest import texts
from ui.quiz.forms import choosing, code_answer

BANK = loading.load()
CHOICE = next(item for item in BANK.items if item.form == "choice")
QUESTION = BANK.get(CHOICE.question)


def log() -> Store:
    return Store()


def kinds() -> list[str]:
    store = log()
    found = [row.kind for row in store.rows()]
    store.close()
    return found


def button(app, start: str):
    """By the beginning of its key: the rest is the card's own id."""
    found = [b for b in app.button if str(b.key).startswith(start)]
    assert found, f"no button {start}; there are {[b.key for b in app.button]}"
    return found[0]


def card(app):
    """What is on the table."""
    return app.session_state["quiz_sitting"].card


def keyed(app, start: str) -> bool:
    return any(str(b.key).startswith(start) for b in app.button)


def at_form(open_page, form: str, language="en", **query):
    """A card of a form: others of its question are skipped until it comes."""
    item = next(i for i in BANK.items if i.form == form)
    app = open_page("quiz", language, question=item.question, **query)
    for _ in range(30):
        shown = BANK.item(card(app).item)
        if shown.form == form:
            return app, shown
        app = button(app, "quiz_skip").click().run()
    raise AssertionError(f"no {form} came")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_is_durable_before_it_is_revealed(open_page, language):
    app, item = at_form(open_page, "choice", language)
    app = button(app, "sure_8").click().run()  # no answer yet, so no confidence
    assert app.warning and kinds() == [] and not keyed(app, "quiz_next")
    app = button(app, "pick_1").click().run()
    assert kinds() == []
    app = button(app, "sure_8").click().run()
    store = log()
    row = store.rows()[0]
    store.close()
    assert (row.kind, row.item, row.version) == ("review", item.id, item.version)
    levels = session.confidence_levels(item)
    assert row.body["confidence"] == levels[3] and row.body["language"] == language
    assert row.body["answer"] in item.facts["options"]
    assert row.body["correct"] is (row.body["answer"] == item.facts["answer"])
    assert keyed(app, "quiz_next") and not app.exception
    shown = texts(app)
    reasons = [reason.split("[")[0][:20] for reason in item.text[language].reasons.values()]
    assert reasons and all(reason in shown for reason in reasons)


def test_free_recall_states_confidence_before_the_points_are_seen(open_page):
    app, item = at_form(open_page, "recall")
    question = BANK.get(item.question)
    point = next(iter(question.prose["en"].points.values()))
    assert point not in "".join(b.label for b in app.button)
    app = button(app, "sure_6").click().run()
    assert kinds() == []
    assert point in "".join(b.label for b in app.button)
    for number in range(len(item.points or question.points)):
        app = button(app, f"tick_{number}_").click().run()
    app = button(app, "quiz_ticked").click().run()
    store = log()
    row = store.rows()[0]
    store.close()
    assert row.body["score"] == 1.0 and row.body["graded_by"] == "points"
    assert row.body["confidence"] == 0.2  # from nothing at all upward, where nothing can be guessed


def test_all_the_points_are_ticked_by_one_touch(open_page):
    app, item = at_form(open_page, "recall")
    app = button(app, "sure_0").click().run()
    app = button(app, "tick_all_").click().run()
    app = button(app, "quiz_ticked").click().run()
    store = log()
    assert store.rows()[0].body["score"] == 1.0
    store.close()


def test_a_number_is_asked_again_where_it_is_none(open_page):
    app, item = at_form(open_page, "number")
    field = app.text_input[0]
    app = field.set_value("2 or 3").run()
    assert "One number only" in app.warning[0].value
    app = button(app, "sure_9").click().run()
    assert kinds() == [] and app.text_input[0].value == "2 or 3"
    assert len(app.warning) == 1  # one sentence, not two
    app = app.text_input[0].set_value(str(item.facts["answer"])).run()
    app = button(app, "sure_9").click().run()
    store = log()
    assert store.rows()[0].body["correct"] is True
    store.close()


def test_undo_takes_the_answer_out_of_the_schedule_and_the_card_comes_again(open_page):
    app, item = at_form(open_page, "choice")
    app = button(app, "pick_1").click().run()
    app = button(app, "sure_5").click().run()
    app = button(app, "quiz_undo").click().run()
    assert kinds() == ["review", "undo"]
    store = log()
    assert store.states() == {}
    store.close()
    assert not keyed(app, "quiz_undo") and not keyed(app, "quiz_next")


@pytest.mark.parametrize(
    ("key", "kind"), [("quiz_bury", "bury"), ("quiz_suspend", "suspend"), ("quiz_reset", "reset")]
)
def test_setting_aside_is_a_row_and_can_be_undone(open_page, key, kind):
    app = open_page("quiz", "en", question=QUESTION.id)
    item = card(app).item
    app = button(app, key).click().run()
    assert kinds() == [kind]
    if kind != "reset":
        assert card(app).item != item
    app = button(app, "quiz_undo").click().run()
    assert kinds() == [kind, "undo"]


def test_skipping_writes_nothing(open_page):
    app = open_page("quiz", "en", question=QUESTION.id)
    first = card(app).item
    app = button(app, "quiz_skip").click().run()
    assert card(app).item != first and kinds() == []


def test_skipping_everything_begins_the_round_anew(open_page):
    app = open_page("quiz", "en", question=QUESTION.id)
    rounds = []
    for _ in range(2 * len(QUESTION.items)):
        rounds.append(card(app).item)
        app = button(app, "quiz_skip").click().run()
    half = len(QUESTION.items)
    assert len(set(rounds[:half])) == half and rounds[:half] == rounds[half:]


def test_when_all_is_done_it_says_so_and_offers_more(open_page):
    store = log()
    store.append(Row("plan", body={"new_a_day": 0}))
    store.close()
    app = open_page("quiz", "en")
    assert card(app) is None and "Everything that was due is done" in texts(app)
    app = button(app, "quiz_more_button").click().run()
    assert card(app) is not None and not app.exception


@pytest.mark.parametrize("language", ["zh", "en"])
def test_drills_come_with_fresh_numbers_and_keep_what_was_asked(open_page, language):
    app = open_page("quiz", language, mode="drills")
    for _ in range(4):
        form = card(app).drill.form
        app.text_input[0].set_value({"shape": "1×2×3"}.get(form, "12")).run()
        app = button(app, "sure_5").click().run()
        assert not app.exception
        app = button(app, "quiz_next").click().run()
    store = log()
    rows = store.rows()
    store.close()
    assert len({row.body["drill"] for row in rows}) == 4
    assert all(row.item.startswith("drill/") for row in rows)


@pytest.mark.parametrize("skill", ["held", "signs"])
def test_a_drill_from_records_is_chosen_and_its_measurements_are_told(open_page, skill):
    app = open_page("quiz", "zh", mode="drills", skill=skill)
    solved = card(app).drill.solved
    app = button(app, "pick_2").click().run()
    app = button(app, "sure_5").click().run()
    assert not app.exception and card(app).grade.correct is (card(app).answer == solved.answer)
    told = list(solved.reasons.values()) or [solved.values["told_a"], solved.values["told_b"]]
    assert told and all(one.values["effect"] in texts(app) for one in told)


def test_the_mode_of_the_link_is_opened_and_nonsense_is_not(open_page):
    for asked, opened in (("bugs", "bugs"), ("<x>", "today")):
        app = open_page("quiz", "en", mode=asked)
        assert app.session_state["quiz_sitting"].choice.mode == opened


def test_another_way_to_practise_is_another_address(open_page):
    app = open_page("quiz", "en")
    app = app.get("button_group")[0].set_value("drills").run()
    assert app.query_params["mode"] == "drills" and card(app).drill is not None
    app = app.selectbox[0].set_value("size").run()
    assert app.query_params["skill"] == "size" and card(app).item == "drill/size"


def test_undo_is_there_after_a_reload(open_page):
    app, item = at_form(open_page, "choice")
    app = button(app, "pick_1").click().run()
    button(app, "sure_5").click().run()
    again = open_page("quiz", "en", question=item.question)  # another session of the browser
    again = button(again, "quiz_undo").click().run()
    assert kinds() == ["review", "undo"] and card(again).item == item.id
    assert not keyed(again, "quiz_undo")


def test_a_tab_that_shows_a_card_answered_elsewhere_moves_on_without_a_second_row(open_page):
    app, item = at_form(open_page, "choice")
    stale, same = at_form(open_page, "choice")
    assert card(stale).id == card(app).id
    app = button(app, "pick_1").click().run()
    app = button(app, "sure_5").click().run()
    assert keyed(app, "quiz_next")
    stale = button(stale, "pick_2").click().run()
    stale = button(stale, "sure_0").click().run()
    assert kinds() == ["review"] and not stale.exception
    assert card(stale).item != item.id and not keyed(stale, "quiz_next")
    assert any("another tab" in toast.value for toast in stale.toast)


def test_who_finds_the_wrong_sentence_is_not_shown_a_cross(open_page):
    app, item = at_form(open_page, "answer")
    place = choosing.options(item, card(app).id).index(item.facts["wrong"]) + 1
    app = button(app, f"pick_{place}_").click().run()
    app = button(app, "sure_0").click().run()
    shown = texts(app)
    assert "you found the wrong one" in shown and "✘" not in shown


def test_a_round_ends_in_a_summary_with_its_questions_and_goes_on(open_page):
    items = [item for item in BANK.items if item.form == "choice"][:2]
    app = open_page("quiz", "en", items=",".join(item.id for item in items))
    for right in (True, False):
        item = BANK.item(card(app).item)
        options = choosing.options(item, card(app).id)
        wanted = [option for option in options if (option == item.facts["answer"]) is right][0]
        app = button(app, f"pick_{options.index(wanted) + 1}_").click().run()
        app = button(app, "sure_0").click().run()
        app = button(app, "quiz_next").click().run()
    assert [metric.value for metric in app.metric][:2] == ["2", "1 / 2"]
    assert app.metric[3].value == "100 % → 50 %"
    assert {item.question for item in items} <= linked(app, "q")
    assert "Tomorrow" in texts(app)
    app = button(app, "quiz_more_button").click().run()
    assert card(app) is not None


def linked(app, name: str) -> set[str]:
    """The values of a parameter in the links of a page."""
    links = [parse_qs(link.proto.query_string) for link in app.get("page_link")]
    return {value for found in links for value in found.get(name, ())}


def test_everything_is_done_only_where_nothing_is_due(open_page):
    store = log()
    old = [
        Row("review", item.id, body={"rating": 3, "day": "2026-01-02"}) for item in BANK.items[:9]
    ]
    store.append_all([*old, Row("plan", body={"minutes": 1})])
    store.close()
    for _ in range(4):  # a minute holds fewer
        app = open_page("quiz", "en")
        if card(app) is None:
            break
        answer_whatever_comes(app)
    assert card(app) is None
    assert "Today's share is done" in texts(app) and re.search(r"[1-9]\d* more items", texts(app))
    assert "Everything that was due" not in texts(app)


def answer_whatever_comes(app) -> None:
    """Note an answer to the card, for its form does not matter here."""
    shown, store = card(app), log()
    body = {"rating": 3, "day": review_day(), "correct": True}
    store.append(Row("review", shown.item, body=body))
    store.close()


def review_day() -> str:
    return day_of(datetime.now().astimezone()).isoformat()


def test_only_bugs_and_wrong_sentences_are_asked_under_spot_the_bug(open_page):
    app = open_page("quiz", "en", mode="bugs")
    for _ in range(5):
        assert BANK.item(card(app).item).form in ("bug", "answer")
        app = button(app, "quiz_skip").click().run()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_mock_interview_from_beginning_to_report(open_page, language):
    app = open_page("quiz", language, mode="mock")
    app = button(app, "mock_start").click().run()
    for mark in ("strong", "partly", "weak"):
        app.text_area[0].set_value("my *notes*").run()
        app = button(app, "sure_7").click().run()
        assert not app.exception
        app = button(app, f"mock_{mark}").click().run()
        assert not app.exception
    app = button(app, "mock_end").click().run()
    shown = texts(app)
    assert "` my *notes* `" in shown
    words = json.loads(
        (loading.ROOT.parent / "locales" / language / "quiz.json").read_text("utf-8")
    )
    for key in ("mock.report", "mock.strong", "mock.weak", "mock.red", "mock.next"):
        assert words[key] in shown
    store = log()
    marks = [row.body["mark"] for row in store.rows() if row.body.get("mark")]
    store.close()
    assert [mark["mark"] for mark in marks] == ["strong", "partly", "weak"]
    assert {mark["confidence"] for mark in marks} == {0.4}  # stated before each solution
    assert words["mock.sure"].format(stated="40", score="50") in shown
    assert words["mock.transcript"] in shown and f"questions?q={marks[0]['question']}" in shown
    opened = BANK.get(marks[0]["question"])
    point = opened.prose[language].points[opened.musts[0]].split("[")[0][:20]
    assert point in shown  # nothing was ticked, so every must is named


def test_an_interview_reloaded_before_its_first_mark_is_not_lost(open_page):
    app = open_page("quiz", "en", mode="mock")
    app = button(app, "mock_start").click().run()
    asked = [text.value for text in app.markdown if text.value.startswith("## ")]
    (row,) = [row for row in rows_of_log() if row.kind == "mock"]
    assert app.query_params["interview"] == row.body["session"]
    again = open_page("quiz", "en", mode="mock", interview=row.body["session"])
    assert [text.value for text in again.markdown if text.value.startswith("## ")] == asked
    progress = open_page("progress", "en")
    assert linked(progress, "interview") == set()  # nothing was answered: no row without a day


def rows_of_log() -> list[Row]:
    store = log()
    found = store.rows()
    store.close()
    return found


def test_what_was_said_in_an_interview_reaches_the_schedule(open_page):
    app = open_page("quiz", "en", mode="mock")
    app = button(app, "mock_start").click().run()
    app = button(app, "sure_7").click().run()
    app = button(app, "tick_all_").click().run()
    app = button(app, "mock_strong").click().run()
    (review,) = [row for row in rows_of_log() if row.kind == "review"]
    assert BANK.item(review.item).form == "recall" and review.body["correct"]
    assert review.body["confidence"] == 0.4 and review.body["interview"]


def test_the_ten_items_of_a_report_are_begun_by_a_button(open_page):
    app = open_page("quiz", "en", mode="mock")
    app = button(app, "mock_start").click().run()
    app = button(app, "sure_7").click().run()
    app = button(app, "mock_weak").click().run()
    app = button(app, "mock_end").click().run()
    app = button(app, "mock_practise").click().run()
    items = app.query_params["items"].split(",")
    assert card(app).item in items and len(items) <= 10
    assert app.session_state["quiz_sitting"].size(items) == len(items)


def test_an_interview_goes_on_after_the_browser_was_closed(open_page):
    app = open_page("quiz", "en", mode="mock")
    app = button(app, "mock_start").click().run()
    app = button(app, "sure_7").click().run()
    app = button(app, "mock_strong").click().run()
    again = open_page("quiz", "en", mode="mock")
    again = button(again, "mock_go_on").click().run()
    assert keyed(again, "sure_7") and not again.exception


def test_an_answer_that_cannot_be_kept_stays_on_the_page_with_the_reason(open_page, monkeypatch):
    from study.reviews import errors
    from study.reviews.storage import store as stores

    app, _ = at_form(open_page, "choice")
    app = button(app, "pick_1").click().run()

    def full(self, row):
        raise errors.cannot_write(self.path, "database or disk is full")

    monkeypatch.setattr(stores.Store, "append", full)
    app = button(app, "sure_8").click().run()
    assert not app.exception and "disk is full" in app.error[0].value
    assert not keyed(app, "quiz_next") and keyed(app, "pick_1")


def test_a_damaged_progress_file_is_set_aside_at_the_touch_of_a_button(open_page, tmp_path):
    folder = tmp_path / "home" / "progress"
    folder.mkdir(parents=True)
    (folder / "progress.sqlite").write_bytes(b"nonsense " * 300)
    app = open_page("quiz", "en")
    assert "damaged" in app.error[0].value
    app = app.button[0].click().run()
    assert not app.exception
    (aside,) = folder.glob("*damaged*")
    assert aside.name in app.success[0].value and not app.error
    assert card(app) is not None  # it goes on at once


@pytest.mark.parametrize("page", ["quiz", "progress", "home"])
def test_a_log_that_is_damaged_while_the_app_runs_is_a_sentence(open_page, tmp_path, page):
    app = open_page("quiz", "en")  # the app has opened it, and finds it whole
    store = log()
    store.append_all([Row("review", f"q/{n}", body={"rating": 3}) for n in range(400)])
    store.close()
    path = tmp_path / "home" / "progress" / "progress.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"x" * (len(whole) - 4096))
    app = open_page(page, "en")
    assert "damaged" in app.error[0].value
    assert [b for b in app.button if "aside" in b.label]


def test_while_another_program_holds_the_log_the_page_says_so_and_tries_again(
    open_page, monkeypatch
):
    from study.reviews import errors
    from study.reviews.storage import store as stores

    app = open_page("quiz", "en", question=QUESTION.id)

    def held(self, *args):
        raise errors.in_words(str(self.path), OSError("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(stores.Store, "states", held)
        app = button(app, "quiz_skip").click().run()
        assert not app.exception and "in use" in app.error[0].value
    app = button(app, "progress_retry").click().run()
    assert not app.error and card(app) is not None


def completing() -> None:
    """A page with one card: a function to complete, with its hidden cases."""
    import streamlit as st

    from study.bank.question import Bank, Item, ItemText
    from ui.quiz.forms import code_answer

    files = {
        "": "def half(x):\n    return x\n",
        ".solution": "def half(x):\n    return x / 2\n",
        ".check": "def case_of_eight(m):\n    return m.half(8)\n",
    }
    text = {code: ItemText("?", "", {}, {}, "") for code in ("zh", "en")}
    facts = {"hints": [{"zh": "提示一", "en": "first hint"}]}
    item = Item("q/code", "code", "q", "code", 2, (), facts, files, text, "v")
    st.title("one card")
    st.session_state["given"] = code_answer.ask(item, None, Bank(), "card")
    code_answer.confirm(item, st.session_state["given"], "card")


def typed(text: str, key: str, **_) -> tuple[str, bool]:
    """In place of the editor, for AppTest has no browser to type in."""
    import streamlit as st

    return st.session_state.get("typed", text), False


def test_code_is_graded_by_hidden_cases_in_the_sandbox(monkeypatch):
    monkeypatch.setattr("ui.quiz.forms.code_answer.code_editor", typed)
    app = AppTest.from_function(completing, default_timeout=60).run()
    assert not app.exception and app.session_state["given"] is None
    assert button(app, "hint_card").label == "Hint 1/1"
    app = button(app, "hint_card").click().run()
    assert [info.value for info in app.info] == ["first hint"]
    app = button(app, "sure_8").click().run()  # untouched code is not run
    assert app.warning and not keyed(app, "run_card")
    app.session_state["typed"] = "def half(x):\n    return x + 1\n"
    app = button(app.run(), "sure_8").click().run()  # the confidence, and with it the first run
    for _ in range(100):
        if app.session_state["given"]:
            break
        time.sleep(0.2)
        app = app.run()
    given = {"code": app.session_state["typed"], "passed": False, "first": False}
    assert app.session_state["given"] == given
    assert app.session_state["stated_card"] == 0.6 and not keyed(app, "sure_8")
    assert any("4.0" in text.value and "9" in text.value for text in app.text)


def test_completed_code_is_counted_to_whoever_sent_it(monkeypatch):
    asked = []
    monkeypatch.setattr("ui.shell.visitors.access.visitor", lambda: "v-1")
    monkeypatch.setattr("ui.shell.visitors.access.learner", lambda: "p-ada")
    monkeypatch.setattr(graded, "begin", lambda *code, **options: asked.append(options))
    monkeypatch.setattr("ui.snippets.runner.begin", lambda slot, code, start, **_: start())
    item = next(item for item in BANK.items if item.form == "code")
    code_answer._begin("slot", item, "x = 1")
    assert [(one["visitor"], one["learner"]) for one in asked] == [("v-1", "p-ada")]


def chart() -> None:
    """A page with one chart item, drawn from a record that ships."""
    import streamlit as st

    from study.bank.question import Bank, Item, ItemText
    from ui.quiz.forms import chart_reading

    run = st.query_params.get("run", "plain-56-trains-worse")
    facts = {"run": f"records/{run}.json", "options": ["a", "b"], "answer": "a"}
    facts["quantity"] = st.query_params.get("quantity", "loss")
    text = {code: ItemText("?", "", {}, {}, "") for code in ("zh", "en")}
    item = Item("q/chart", "chart", "q", "chart", 2, (), facts, {}, text, "v")
    st.title("one card")
    st.session_state["given"] = chart_reading.ask(item, None, Bank(), "card")


def test_a_chart_item_draws_the_record_it_names():
    app = AppTest.from_function(chart, default_timeout=60).run()
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 1
    app = button(app, "pick_1").click().run()
    assert app.session_state["given"] in ("a", "b")
    record = json.loads((claims.RECORDS / "plain-56-trains-worse.json").read_text("utf-8"))
    spec = str(app.get("vega_lite_chart")[0].proto)
    assert f'\\"datum\\": {record["threshold"]}' in spec


@pytest.mark.parametrize(
    ("quantity", "scale"), [("loss", {"zero": False}), ("input_gradient", {"type": "log"})]
)
def test_a_chart_item_draws_the_curves_of_the_run_it_names(quantity, scale):
    app = AppTest.from_function(chart, default_timeout=60)
    app.query_params.update({"run": "curves/skips-56", "quantity": quantity})
    app.run()
    assert not app.exception
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert spec["encoding"]["y"]["scale"] == scale
    assert len(spec["encoding"]["color"]["scale"]["domain"]) == 2
