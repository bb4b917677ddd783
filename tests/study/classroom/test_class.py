"""A class: what is assigned and done, what it gets wrong, and what is refused to whom."""

import json
from datetime import date

import pytest

from study.bank import loading
from study.classroom import assignments, faults, nameless, roll
from study.classroom.assignments import check_predicted, tasks
from study.classroom.people import Person
from study.classroom.rights import NotAllowed
from study.reviews.review import Row
from study.reviews.storage.store import Store

ADA, ALAN, GRACE = Person("p-ada", "Ada"), Person("p-alan", "Alan"), Person("p-g", "Grace", True)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def bank():
    return loading.load()


@pytest.fixture
def store():
    opened = Store("sqlite://")
    yield opened
    opened.close()


def answer(item, day=TODAY, **body) -> Row:
    return Row("review", item.id, item.version, {"rating": 3, "day": day.isoformat(), **body})


def of_form(bank, form):
    return next(item for item in bank.items if item.form == form)


def given(store, **body):
    body = {"title": "Week 1", "due": "2026-11-25", "day": "2026-11-19", **body}
    assignments.assign(store, GRACE, **body)
    return assignments.assignments(store)[-1]


def test_only_a_teacher_assigns_withdraws_lists_and_exports(store, bank):
    one = given(store)
    for who in (ADA, None):
        for refused in (
            lambda who=who: assignments.assign(store, who, title="x", due="2026-12-01"),
            lambda who=who: assignments.withdraw(store, who, one.id),
            lambda who=who: roll.learners(store, who),
            lambda who=who: nameless.nameless(store, who, bank),
        ):
            with pytest.raises(NotAllowed):
                refused()
    assert assignments.assignments(store) == [one]
    assignments.withdraw(store, GRACE, one.id)
    assert assignments.assignments(store) == []


def test_an_assignment_that_says_nothing_is_never_written(store):
    for body in ({"title": "", "due": "2026-12-01"}, {"title": "x", "due": "soon"}, {"title": "x"}):
        with pytest.raises(ValueError, match=r"title|due"):
            assignments.assign(store, GRACE, **body)
    assert assignments.assignments(store) == []


def test_what_was_done_before_it_was_assigned_does_not_count(store, bank):
    question = bank.questions[0]
    item = bank.questions[1].items[0]
    one = given(store, questions=[question.id, "gone"], items=[item.id], experiment="fast-20")
    log = store.of("p-ada")
    log.append(answer(question.items[0], date(2026, 11, 18)))
    assert [task.on for task in tasks(one, log.standing(), bank)] == [None] * 4
    log.append(answer(question.items[0]))
    log.append(answer(item, date(2026, 11, 26)))
    found = tasks(one, log.standing(), bank)
    assert [(task.kind, task.on) for task in found] == [
        ("question", TODAY),
        ("question", None),
        ("item", date(2026, 11, 26)),
        ("experiment", None),
    ]
    assert roll.standing(log, [one], bank, TODAY).late == 1


def test_an_assigned_experiment_is_locked_until_it_is_predicted(store):
    one = given(store, experiment="fast-20")
    log = store.of("p-ada")
    with pytest.raises(NotAllowed, match="prediction before"):
        check_predicted("fast-20", [one], log.standing(), TODAY)
    check_predicted("skips-56", [one], log.standing(), TODAY)
    check_predicted("fast-20", [one], log.standing(), date(2026, 11, 26))  # it is over
    body = {"assignment": one.id, "choice": "plain", "confidence": 0.7, "day": "2026-11-20"}
    log.append(Row("prediction", body=body))
    check_predicted("fast-20", [one], log.standing(), TODAY)
    log.append(Row("prediction", body={**body, "choice": "residual", "run": "r"}))
    assert assignments.prediction_of(one, log.standing()).body["choice"] == "plain"


def test_the_roll_has_each_learner_once_by_the_latest_name_and_no_teacher(store, bank):
    for who in (ADA, ADA, ALAN, GRACE, Person("p-alan", "Alan Turing")):
        roll.join(store.of(who.profile), who)
    assert roll.learners(store, GRACE) == ["p-ada", "p-alan"]
    found = roll.standing(store.of("p-alan"), [], bank, TODAY)
    assert (found.name, found.answers, found.right, found.over) == ("Alan Turing", 0, None, None)
    assert len(store.of("p-ada").rows("member")) == 1


def test_what_a_class_gets_wrong_is_counted_over_all_of_it(bank):
    choice, recall = of_form(bank, "choice"), of_form(bank, "recall")
    wrong, slug = next(iter(choice.facts["wrong"].items()))
    must = next(
        point
        for point in bank.get(recall.question).musts
        if not recall.points or point in recall.points
    )
    told = {"answer": wrong, "correct": False, "confidence": 0.9}
    logs = [
        [answer(choice, **told), answer(recall, answer=[], correct=False)],
        [answer(choice, **told), answer(recall, answer=[must], correct=True)],
        [answer(choice, answer=choice.facts["answer"], correct=True, confidence=0.9)],
    ]
    found = faults.faults(logs, bank)
    by_item = {one.key: one for one in found.items}
    assert (by_item[choice.id].wrong, by_item[choice.id].asked) == (2, 3)
    assert by_item[choice.id].learners == 3
    believed = {one.key: one for one in found.misconceptions}
    assert (believed[slug].wrong, believed[slug].asked) == (2, 3)
    points = {one.key: one for one in found.points}
    assert points[f"{recall.question}/{must}"].share == 0.5
    assert found.confidence.over == pytest.approx(0.9 - 1 / 3)


def test_answers_of_a_later_bank_or_a_strange_form_count_nothing(bank):
    choice = of_form(bank, "choice")
    strange = [Row("review", "gone/x", "v", {"rating": 1, "answer": "a", "day": "2026-11-20"})]
    strange += [answer(choice, answer=told, correct=True) for told in ([], {}, None, 3)]
    assert faults.faults([strange], bank).misconceptions == []


def test_an_export_of_the_class_names_nobody_and_quotes_nothing(store, bank):
    choice, number = of_form(bank, "choice"), of_form(bank, "number")
    for who in (ADA, ALAN):
        roll.join(store.of(who.profile), who)
    store.of("p-ada").append(answer(number, answer="I am Ada, 42", correct=False))
    store.of("p-alan").append(answer(choice, answer=choice.facts["answer"], correct=True))
    text = nameless.nameless(store, GRACE, bank)
    assert not any(word in text for word in ("Ada", "Alan", "p-ada", "p-alan", '"at"', '"id"'))
    told = [json.loads(line) for line in text.splitlines()]
    assert {one["learner"] for one in told} == {1, 2}
    assert {one.get("answer") for one in told} == {None, choice.facts["answer"]}
