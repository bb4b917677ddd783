"""The order of new items, and what an answer takes."""

from dataclasses import replace
from datetime import date, timedelta

from study.bank import loading
from study.bank.question import Bank
from study.reviews.memory_state import State, after_review
from study.reviews.review import Row
from study.scheduling import queue
from study.scheduling.queue import Plan
from study.scheduling.syllabus import (
    PRIOR,
    READING,
    question_of,
    seconds_by_form,
    syllabus_of,
)

BANK = loading.load()


def test_a_question_comes_after_those_it_builds_on_and_none_is_missing():
    order = list(dict.fromkeys(question_of(item) for item in syllabus_of(BANK).items))
    assert sorted(order) == sorted(question.id for question in BANK.questions)
    place = {question: n for n, question in enumerate(order)}
    for question in BANK.questions:
        assert all(place[a] < place[question.id] for a in question.after if a in place)


def test_the_first_days_ask_the_lowest_levels():
    """Easy questions fill the first day; what builds on others comes later."""
    level = {item.id: question.level for question in BANK.questions for item in question.items}
    syllabus, known, means = syllabus_of(BANK), {}, []
    for number in range(4):
        day = date(2026, 11, 20) + timedelta(days=number)
        asked = queue.today(syllabus.items, known, day, Plan(day + timedelta(9)), syllabus).first
        means.append(sum(level[item] for item in asked) / len(asked))
        known |= {item: after_review(State(), 3, day) for item in asked}
    assert max(means) < sum(level.values()) / len(level)


def test_free_recall_comes_last_and_gives_the_others_away():
    syllabus = syllabus_of(BANK)
    assert sorted(syllabus.items) == sorted(item.id for item in BANK.items)
    for question in BANK.questions:
        own = [item for item in syllabus.items if question_of(item) == question.id]
        recall = [item.id for item in question.items if item.form == "recall"]
        assert own[-len(recall) :] == recall
        assert syllabus.spoils[recall[0]] == set(own) - {recall[0]}


def test_an_item_that_another_solution_shows_comes_before_it():
    question = BANK.questions[0]
    shown, showing = [item for item in question.items if item.form != "recall"][-2:]
    facts = {**showing.facts, "reveals": [shown.key]}
    items = tuple(
        replace(item, facts=facts, level=0) if item is showing else item for item in question.items
    )
    syllabus = syllabus_of(Bank((replace(question, items=items),)))
    assert syllabus.items.index(shown.id) < syllabus.items.index(showing.id)
    assert syllabus.spoils[showing.id] == {shown.id}


def test_a_solution_may_show_the_answer_of_another_question():
    syllabus = syllabus_of(BANK)
    spoilt = syllabus.spoils["choosing-depth/ratio-bottleneck"]
    assert spoilt == {"residual-block/bottleneck-weights"}


def answer(item: str, seconds: float) -> Row:
    return Row("review", item, body={"rating": 3, "seconds": seconds})


def test_seconds_are_learnt_by_form_and_begin_with_an_estimate():
    forms = {"q/a": "choice", "q/b": "recall"}
    assert seconds_by_form([], forms) == PRIOR
    slow = seconds_by_form([answer("q/a", 60)] * 1000, forms)
    assert 59 < slow["choice"] < 60 and slow["recall"] == PRIOR["recall"]
    one = seconds_by_form([answer("q/a", 60)], forms)
    assert PRIOR["choice"] < one["choice"] < PRIOR["choice"] + 5
    away = seconds_by_form([answer("q/a", 86_400)] * 1000, forms)
    assert away["choice"] <= 5 * PRIOR["choice"]
    syllabus = syllabus_of(BANK, [])
    assert {syllabus.takes(i.id) for i in BANK.items if i.form == "choice"} == {25 + READING}
