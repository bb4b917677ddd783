"""Grading: by what was chosen, computed, ordered, ticked or run; numbers as people write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from study.bank.question import Item, ItemText, Prose, Question
from study.practice.grading import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    grade,
    parse_number,
    right_answer,
    same_shape,
    why_no_number,
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
    ("text", "value"),
    [
        ("0.27", 0.27),
        (" 1,234,567 ", 1234567.0),
        ("1e-3", 0.001),
        ("−2.5", -2.5),
        ("１２．５", 12.5),
        ("85万", 850_000.0),
        ("1.2 亿", 1.2e8),
        ("63.4 %", 63.4),
        (".5", 0.5),
        ("2752 parameters", 2752.0),
        ("0,27", None),  # a decimal comma is asked again, never taken as thousands
        ("1 or 2", None),
        ("many", None),
        ("", None),
        ("1e999", None),
        ("12,34", None),
        ("0,125", None),  # three digits, and still no thousands
        ("1,234.5", 1234.5),
        ("69 632", 69632.0),
        ("3.8×10^9", 3.8e9),
        ("3.8×10⁹", 3.8e9),
        ("1*10**-3", 0.001),
        ("8 x 100", None),
        ("10⁹", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [("0,27", "comma"), ("1 or 2", "several"), ("256*64", "several"), ("many", "none")],
)
def test_what_is_in_the_way_of_a_number_is_named(text, reason):
    assert why_no_number(text) == reason


@given(some.floats(-1e12, 1e12, allow_nan=False))
def test_what_python_prints_is_read_back(value):
    assert parse_number(repr(value)) == pytest.approx(value)


@given(some.text(max_size=30))
def test_no_text_breaks_the_reading_of_numbers_and_shapes(text):
    assert parse_number(text) is None or isinstance(parse_number(text), float)
    assert same_shape(text, (1, 2, 3)) in (True, False)


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


def test_predicted_output_forgives_space_at_line_ends_and_nothing_else():
    asked = item("output", files={".txt": "a 1\nb 2\n"})
    assert grade(asked, ASKED, "a 1  \nb 2").correct
    assert not grade(asked, ASKED, "a 1 b 2").correct
    assert not grade(asked, ASKED, "A 1\nb 2").correct


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
