"""The order of new items, and what an answer takes."""

from dataclasses import replace

from study.bank import loading
from study.bank.question import Bank
from study.reviews.review import Row
from study.scheduling.syllabus import (
    PRIOR,
    READING,
    path,
    question_of,
    seconds_by_form,
    syllabus_of,
)

BANK = loading.load()


def test_low_levels_come_first_and_each_question_after_those_it_builds_on():
    order = [question.id for question in path(BANK)]
    assert sorted(order) == sorted(question.id for question in BANK.questions)
    place = {question: n for n, question in enumerate(order)}
    for question in BANK.questions:
        assert all(place[a] < place[question.id] for a in question.after if a in place)
    levels = [BANK.get(question).level for question in order]
    free = [n for n, q in enumerate(order) if not BANK.get(q).after]
    assert [levels[n] for n in free] == sorted(levels[n] for n in free)
    assert set(order[:2]) == {q.id for q in BANK.questions if q.level == 1 and not q.after} & set(
        order[:2]
    )


def test_a_circle_of_questions_loses_none_of_them():
    first, second = BANK.questions[:2]
    circle = Bank((replace(first, after=(second.id,)), replace(second, after=(first.id,))))
    assert {question.id for question in path(circle)} == {first.id, second.id}


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
