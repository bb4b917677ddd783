"""Grading: by what was chosen, computed, ordered, ticked or run; numbers as people write them."""

from pathlib import Path

import pytest

from study.bank.question import Item, ItemText, Prose, Question
from study.practice.grading import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    accepted_lines,
    grade,
    right_answer,
)

EMPTY = Prose("", "", "", "", "", {}, {}, {}, ())


def item(form: str, points=(), files=None, **facts) -> Item:
    text = {code: ItemText("?", "", {}, {}, "") for code in ("zh", "en")}
    return Item(f"q/{form}", form, "q", form, 2, points, facts, files or {}, text, "v")


def question(**points: int) -> Question:
    return Question(
        "q", "topic", Path(), {"zh": "", "en": ""}, 2, (), (), (), (), "", (), points, None, (),
        {"zh": EMPTY, "en": EMPTY},
    )  # fmt: skip


ASKED = question(must=2, other=2, extra=1, more=1)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("63.4", True), ("63.8 %", True), ("63.91", False), ("0.634", False), ("x", False)],
)
def test_a_number_is_right_within_its_tolerance(typed, right):
    asked = item("number", answer=63.4, tolerance=0.5, unit="%")
    found = grade(asked, ASKED, typed)
    assert (found.correct, found.rating) == (right, GOOD if right else AGAIN)


def test_millions_may_be_written_with_a_letter():
    assert grade(item("number", answer=270_000, tolerance=0), ASKED, "0.27M").correct
    assert grade(item("number", answer=0.27, tolerance=0.001, unit="M"), ASKED, "0.27M").correct
    assert grade(item("number", answer=69632, tolerance=0), ASKED, "69,632").correct


@pytest.mark.parametrize("typed", ["8×8×64", "8x8x64", "(8, 8, 64)", "8 8 64", "８＊８＊６４"])
def test_a_shape_as_people_write_it(typed):
    assert grade(item("shape", answer=[8, 8, 64]), None, typed).correct


@pytest.mark.parametrize("typed", ["8×64", "64×8×8", "8×8×64×1", "eight", "8864"])
def test_another_shape_is_wrong(typed):
    assert not grade(item("shape", answer=[8, 8, 64]), None, typed).correct


def test_a_choice_and_a_wrong_sentence_are_exact():
    choice = item("choice", options=["a", "b", "c"], answer="b")
    assert grade(choice, ASKED, "b").correct and not grade(choice, ASKED, "a").correct
    sentence = item("answer", sentences=["s1", "s2"], wrong="s2")
    assert grade(sentence, ASKED, "s2").correct and not grade(sentence, ASKED, "s1").correct


@pytest.mark.parametrize(
    ("line", "fix", "score"),
    [(7, "x", 1.0), (9, "x", 1.0), (7, "y", 0.5), (3, "x", 0.5), (3, "y", 0)],
)
def test_a_bug_is_found_with_its_line_and_its_fix(line, fix, score):
    bug = item("bug", line=[7, 9], options=["x", "y", "z"], answer="x")
    found = grade(bug, ASKED, {"line": line, "fix": fix})
    assert (found.score, found.correct) == (score, score == 1.0)
    assert found.rating == (GOOD if score == 1.0 else AGAIN)


def test_true_may_be_typed_in_any_case_where_the_item_says_so():
    strict = item("output", files={".txt": "True 4\n"})
    assert grade(strict, ASKED, "True  4").correct and not grade(strict, ASKED, "true 4").correct
    assert grade(item("output", files={".txt": "True 4"}, any_case=True), ASKED, "true 4").correct


def test_predicted_numbers_may_differ_by_the_tolerance_where_the_item_says_so():
    asked = item("output", files={".txt": "0.956 1,000"}, compare="numbers", tolerance=0.01)
    assert grade(asked, ASKED, "0.95 1000").correct
    assert not grade(asked, ASKED, "0.90 1000").correct
    assert not grade(asked, ASKED, "0.956").correct


def test_an_order_has_partial_credit_but_only_the_whole_counts():
    asked = item("order", steps=["a", "b", "c", "d"])
    assert grade(asked, ASKED, ["a", "b", "c", "d"]).rating == GOOD
    half = grade(asked, ASKED, ["b", "a", "c", "d"])
    assert 0 < half.score < 1 and not half.correct and half.rating == AGAIN
    assert grade(asked, ASKED, ["d", "c", "b", "a"]).score == 0


def test_an_order_that_declares_pairs_accepts_every_order_in_which_they_hold():
    asked = item("order", steps=["a", "b", "c", "d"], before=[["a", "b"], ["a", "c"], ["b", "d"]])
    for right in ("abcd", "acbd", "abdc"):
        assert grade(asked, ASKED, list(right)).correct, right
    for wrong in ("bacd", "adbc", "cabd"[::-1], "dabc"):
        assert not grade(asked, ASKED, list(wrong)).correct, wrong
    assert grade(asked, ASKED, list("adbc")).score == pytest.approx(2 / 3)
    assert not grade(asked, ASKED, ["a", "b", "d"]).correct


def test_lines_of_code_are_named_by_their_number_in_pairs():
    asked = item("order", lines=["x = 1", "y = 2", "z = x + y"], before=[[1, 3], [2, 3]])
    assert grade(asked, ASKED, ["y = 2", "x = 1", "z = x + y"]).correct
    assert not grade(asked, ASKED, ["y = 2", "z = x + y", "x = 1"]).correct


def test_every_line_that_the_fix_changes_is_the_line_at_fault():
    files = {"": "a\nb = 1\n\nc = 2\nd", ".fixed": "a\nb = 2\nc = 3\nd"}
    bug = item("bug", files=files, line=2, options=["x", "y", "z"], answer="x")
    assert accepted_lines(bug) == [2, 4]
    assert grade(bug, ASKED, {"line": 4, "fix": "x"}).correct
    assert not grade(bug, ASKED, {"line": 1, "fix": "x"}).correct


@pytest.mark.parametrize(
    ("said", "correct", "rating"),
    [
        (("must", "other", "extra", "more"), True, EASY),
        (("must", "other", "extra"), True, GOOD),
        (("must", "other"), True, HARD),  # every must, but thin
        (("must", "extra", "more"), False, AGAIN),  # a must is missing and the weight too small
        ((), False, AGAIN),
    ],
)
def test_recall_passes_with_every_must_or_enough_weight(said, correct, rating):
    found = grade(item("recall"), ASKED, list(said))
    assert (found.correct, found.rating, found.graded_by) == (correct, rating, "points")


def test_recall_of_some_points_weighs_these_only():
    found = grade(item("recall", points=("extra",)), ASKED, ["extra"])
    assert found.score == 1.0
    assert right_answer(item("recall", points=("extra",)), ASKED) == ["extra"]


def test_code_is_graded_by_its_tests_alone():
    assert grade(item("code"), ASKED, {"code": "", "passed": True}).graded_by == "tests"
    assert grade(item("code"), ASKED, {"code": "", "passed": False}).rating == AGAIN
    later = grade(item("code"), ASKED, {"code": "", "passed": True, "first": False})
    assert (later.correct, later.rating, later.score) == (False, HARD, 0.5)


@pytest.mark.parametrize("form", ["choice", "answer", "order", "bug", "number", "output", "recall"])
def test_the_right_answer_is_graded_right(form):
    facts = {
        "choice": {"options": ["a", "b"], "answer": "a"},
        "answer": {"sentences": ["a", "b"], "wrong": "b"},
        "order": {"lines": ["x = 1", "y = x"]},
        "bug": {"line": 3, "options": ["a", "b"], "answer": "a"},
        "number": {"answer": 0.1, "tolerance": 0},
    }.get(form, {})
    asked = item(form, files={".txt": "out"}, **facts)
    answer = right_answer(asked, ASKED)
    if form == "bug":
        answer = {"line": answer["line"][0], "fix": answer["fix"]}
    assert grade(asked, ASKED, answer).correct
