"""The progress page with no history, a small one and a large one."""

import random
from datetime import date, timedelta

import pytest

from study.bank import loading
from study.reviews.review import Row
from study.reviews.store import Store
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
    subheaders = {part.value for part in app.subheader}
    assert len(subheaders) >= (5 if answers == 1 else 6)


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


def test_the_plan_is_kept_as_a_row(open_page):
    filled(1, 1)
    app = open_page("progress", "en")
    app.number_input[0].set_value(3)
    app.number_input[1].set_value(20)
    app.button[[b.label for b in app.button].index("Keep")].click().run()
    store = Store()
    body = store.plans()[-1].body
    store.close()
    assert (body["new_a_day"], body["a_day"], body["retention"]) == (3, 20, 0.9)
    assert date.fromisoformat(body["day"]) and not app.exception
