"""The mock interview: reproducible, within its time, deeper where one is strong."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from study.bank import loading as banks
from study.practice import mock_interview
from study.practice.mock_interview import MARKS, Ask, Mark, Script, Session
from study.reviews.review import Row
from study.reviews.validation import check

BANK = banks.load()


def script(minutes=15, role="senior", seed=7) -> Script:
    return Script("s1", seed, minutes, role, "en")


def walked(marks, *, seconds=60.0, **about) -> Session:
    """An interview in which the answers are marked one after another."""
    session = Session(script(**about))
    for mark in marks:
        ask = mock_interview.next_ask(session, BANK)
        if ask is None:
            break
        session = replace(session, marks=(*session.marks, Mark(ask, mark, seconds)))
    return session


@settings(max_examples=40, deadline=None)
@given(some.lists(some.sampled_from(MARKS), max_size=40), some.integers(0, 99))
def test_the_same_seed_and_marks_ask_the_same(marks, seed):
    first, again = walked(marks, seed=seed), walked(marks, seed=seed)
    assert first == again and mock_interview.next_ask(first, BANK) == mock_interview.next_ask(
        again, BANK
    )


@settings(max_examples=40, deadline=None)
@given(
    some.lists(some.sampled_from(MARKS), min_size=60, max_size=60),
    some.sampled_from(mock_interview.MINUTES),
    some.sampled_from(sorted(mock_interview.ROLES)),
)
def test_nothing_is_asked_twice_everything_exists_and_the_time_holds(marks, minutes, role):
    session = walked(marks, seconds=70.0, minutes=minutes, role=role)
    keys = [mark.ask.key for mark in session.marks]
    assert len(keys) == len(set(keys)) > 0
    assert session.seconds <= 60 * minutes
    for mark in session.marks:
        question = BANK.get(mark.ask.question)
        for language in ("zh", "en"):
            if mark.ask.must:
                assert mark.ask.must in question.musts
                continue
            found = mock_interview.follow_up(question, mark.ask.path, language)
            assert (found is None) is (mark.ask.path == ())


def test_seeds_lead_to_different_interviews():
    assert (
        len({mock_interview.next_ask(Session(script(seed=seed)), BANK) for seed in range(40)}) > 1
    )


def opened(mark: str, points=None) -> tuple[Session, object]:
    """An interview whose first answer said some of the points; all of them unless told."""
    session = Session(script())
    ask = mock_interview.next_ask(session, BANK)
    question = BANK.get(ask.question)
    said = tuple(question.points) if points is None else points(question)
    return replace(session, marks=(Mark(ask, mark, 60.0, points=said),)), question


def test_the_musts_that_were_missed_are_probed_before_anything_else():
    session, question = opened("partly", lambda question: question.musts[1:])
    ask = mock_interview.next_ask(session, BANK)
    assert (ask.question, ask.must) == (question.id, question.musts[0])
    told = Mark(ask, "strong", 40.0, points=(ask.must,))
    after = mock_interview.next_ask(replace(session, marks=(*session.marks, told)), BANK)
    assert after.question == question.id and not after.must and len(after.path) == 1


def test_at_most_two_musts_are_probed_and_none_that_was_said():
    session, question = opened("partly", lambda question: ())
    for _ in range(2):
        ask = mock_interview.next_ask(session, BANK)
        assert ask.must in question.musts
        session = replace(session, marks=(*session.marks, Mark(ask, "partly", 40.0)))
    assert not mock_interview.next_ask(session, BANK).must
    everything, _ = opened("strong")
    assert not mock_interview.next_ask(everything, BANK).must


def test_every_must_has_something_to_be_probed_with():
    for question in BANK.questions:
        for must in question.musts:
            item = mock_interview.probe_item(question, must)
            assert item is None or (must in item.points and item.form in mock_interview.SPOKEN)


def test_a_fresh_interview_does_not_repeat_the_last_ones_questions():
    last = walked(["weak"] * 30, minutes=15, seconds=90.0)
    assert len(last.questions) > 5
    fresh = Session(replace(script(minutes=30), avoid=last.questions))
    for _ in range(6):
        ask = mock_interview.next_ask(fresh, BANK)
        assert ask.question not in last.questions
        fresh = replace(fresh, marks=(*fresh.marks, Mark(ask, "weak", 90.0)))


@settings(max_examples=60, deadline=None)
@given(
    some.lists(
        some.tuples(some.sampled_from(MARKS), some.floats(20, 180)), min_size=150, max_size=150
    ),
    some.sampled_from(mock_interview.MINUTES),
    some.integers(0, 99),
)
def test_the_minutes_agreed_are_the_minutes_it_takes(answers, minutes, seed):
    """Marking included: it ends at most an opening early, and at most one answer late."""
    session = Session(script(minutes=minutes, seed=seed))
    for mark, spent in answers:
        ask = mock_interview.next_ask(session, BANK)
        if ask is None:
            break
        told = Mark(ask, mark, spent / 2, spent=spent)
        session = replace(session, marks=(*session.marks, told))
    longest = max(spent for _, spent in answers)
    early = 60 * minutes - session.seconds
    assert -longest + mock_interview.FOLLOW_S <= early <= mock_interview.OPENING_S


def test_a_strong_answer_is_followed_deeper_and_a_weak_one_is_left():
    opening = mock_interview.next_ask(Session(script()), BANK)
    strong = walked(["strong", "strong"])
    assert strong.marks[1].ask.question == opening.question
    assert len(strong.marks[1].ask.path) == 1
    weak = mock_interview.next_ask(walked(["weak"]), BANK)
    assert weak.question != opening.question and weak.path == ()


def test_a_middling_follow_up_is_asked_from_beside():
    session = walked(["strong", "partly"])
    following = mock_interview.next_ask(session, BANK)
    assert len(following.path) == 1 and following != session.marks[1].ask


def test_no_topic_is_asked_about_for_ever():
    session = walked(["strong"] * 30, minutes=45, seconds=30.0)
    counts = {}
    for mark in session.marks:
        counts[mark.ask.question] = counts.get(mark.ask.question, 0) + 1
    assert max(counts.values()) <= mock_interview.DEEPEST["senior"]


def test_when_it_was_ended_nothing_more_is_asked():
    assert mock_interview.next_ask(replace(walked(["strong"]), ended=True), BANK) is None


@pytest.mark.parametrize(("score", "mark"), [(0.7, "strong"), (0.69, "partly"), (0.39, "weak")])
def test_ticked_points_become_a_mark(score, mark):
    assert mock_interview.mark_of(score) == mark


def test_the_report_says_what_was_strong_weak_wrong_and_what_is_next():
    ids = [question.id for question in BANK.questions[:2]]
    marks = (
        Mark(Ask(ids[0]), "strong", 60),
        Mark(Ask(ids[1]), "weak", 60, "notes", ("some-slug",), ()),
        Mark(Ask(ids[1], ("x",)), "weak", 30, "", ("some-slug",), ()),
    )
    found = mock_interview.report(Session(script(), marks, ended=True), BANK)
    assert found.strong == ((ids[0], 1.0),) and found.weak == ((ids[1], 0.0),)
    assert found.flags == ((ids[1], "some-slug"),)
    assert found.score == pytest.approx(1 / 3) and found.asked == 3
    assert 0 < len(found.next_items) <= 10
    assert found.next_items[0].startswith(ids[1] + "/")


def test_the_report_names_seconds_and_what_was_not_said():
    session, question = opened("partly", lambda question: question.musts[1:])
    probe = Mark(Ask(question.id, (f"must:{question.musts[0]}",)), "strong", 20.0, points=())
    found = mock_interview.report(replace(session, marks=(*session.marks, probe)), BANK)
    opening, probed = found.answers
    assert opening.mark.seconds == 60.0 and probed.missed == ()
    assert opening.missed[0] == question.musts[0]
    assert set(opening.missed) == set(question.points) - set(question.musts[1:])


@pytest.mark.parametrize("answers", [1, 2, 5, 20])
def test_the_next_ten_items_are_spread_over_the_questions(answers):
    session = walked(["weak"] * answers, minutes=45, seconds=90.0)
    found = mock_interview.report(session, BANK)
    of_each = Counter(item.split("/")[0] for item in found.next_items)
    assert len(found.next_items) == len(set(found.next_items)) == 10
    assert max(of_each.values()) <= 3
    assert found.next_items[0].startswith(f"{session.questions[0]}/")


def test_an_interview_in_which_nothing_was_said_still_has_a_report():
    found = mock_interview.report(Session(script(), (), ended=True), BANK)
    assert (found.score, found.asked, found.next_items) == (0.0, 0, ())


def test_the_log_gives_the_interview_back():
    session = walked(["strong", "partly", "weak"])
    rows = [Row("mock", body={**session.script.to_json(), "day": "2026-11-20"})]
    rows += [
        Row("mock", body={**session.script.to_json(), "mark": m.to_json(), "day": "2026-11-20"})
        for m in session.marks
    ]
    rows = [Row(**json.loads(json.dumps(vars(row)))) for row in rows]
    [check(row) for row in rows]
    back = mock_interview.sessions(rows)["s1"]
    assert [m.ask for m in back.marks] == [m.ask for m in session.marks]
    assert back.begun == "2026-11-20"
    assert back.script == session.script and back.seconds == session.seconds
    undone = [*rows, Row("undo", body={"undoes": rows[-1].id})]
    assert len(mock_interview.sessions(undone)["s1"].marks) == 2
    ended = [*rows, Row("mock", body={**session.script.to_json(), "ended": True})]
    assert mock_interview.sessions(ended)["s1"].ended
