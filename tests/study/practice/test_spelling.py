"""Spellings: what is right is taken however it is written, and what is wrong is refused."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from study.practice.spelling import (
    first_difference,
    readings,
    same_number,
    same_output,
    same_shape,
    why_no_number,
)

# (wanted, tolerance, unit, asks, typed)
RIGHT_NUMBERS = [
    (1e-6, 0, "", "", "1e-6"),
    (1e-6, 0, "", "", "1e-06"),
    (1e-6, 0, "", "", "0.000001"),
    (1e-6, 0, "", "", "10^-6"),
    (0.001, 0, "", "", "1*10**-3"),
    (0.96, 0.01, "", "", "96%"),
    (0.96, 0.01, "", "", "96 %"),
    (63.4, 0.5, "%", "", "63.4 %"),
    (12 / 13, 0, "", "", "12/13"),
    (12 / 13, 0, "", "", "0.92"),
    (0.923, 0.002, "", "", "0.92"),
    (12 / 13, 0, "", "", "0.9231"),
    (12 / 13, 0, "", "", "92.3 %"),
    (92.3, 0.1, "%", "", "12/13"),
    (1024, 0, "times", "", "2^10"),
    (1024, 0, "times", "", "2**10"),
    (1024, 0, "times", "", "2¹⁰"),
    (9_834_496, 0, "pairs", "", "9.83M"),
    (9_834_496, 0, "pairs", "", "9.83 million"),
    (9_834_496, 0, "pairs", "", "983.4万"),
    (9_834_496, 0, "pairs", "", "9.834e6"),
    (3.86e9, 1e7, "", "", "3.86 GMAC"),
    (9_834_496, 0, "pairs", "size", "10M"),
    (69_632, 0, "weights", "size", "70k"),
    (69_632, 0, "weights", "", "69,632"),
    (69_632, 0, "weights", "", "69 632"),
    (69_632, 0, "weights", "", "69.632"),
    (69_632, 0, "weights", "count", "69632 weights"),
    (1_727_962, 0, "", "", "1.727.962"),
    (0.27, 0.001, "M", "", "0.27M"),
    (0.27, 0, "", "", "0,27"),
    (-2.5, 0, "", "", "−2.5"),
    (12.5, 0, "", "", "１２．５"),
    (850_000, 0, "", "", "85万"),
    (1.2e8, 0, "", "", "1.2 亿"),
    (0.5, 0, "", "", ".5"),
]
RIGHT_OUTPUTS = [
    ("1e-06", "1e-6"),
    ("(32, 32, 16)\n(8, 8, 64)", "(32,32,16)\n(8,8,64)"),
    ("[[ 2.  -1.   0.5]]", "[[2. -1. 0.5]]"),
    ("[[ 2.  -1.   0.5]]", "[[2, -1, 0.5]]"),
    ("[[1 2]\n [3 4]]", "[[1, 2],\n [3, 4]]"),
    ("[3, 1, 3, 1]", "[3,1,3,1]"),
    ("C2 128 128 256", "C2  128 128   256"),
    ("1e+00", "1e0"),
    ("a 1\nb 2\n", "\na 1  \nb 2"),
    ("0.75 0.75 0.40", "0.75 0.75 0.4"),
    ("['dog', 'cat']", '["dog", "cat"]'),
    ("1,000", "1000"),
]
WRONG_NUMBERS = [
    (1e-6, 0, "", "", "1e-7"),
    (1e-6, 0, "", "", "1e6"),
    (0.96, 0.01, "", "", "96"),
    (0.96, 0.01, "", "", "9.6%"),
    (63.4, 0.5, "%", "", "0.634"),
    (63.4, 0.5, "%", "", "63.91"),
    (12 / 13, 0, "", "", "0.93"),
    (12 / 13, 0, "", "", "0.9"),
    (12 / 13, 0, "", "", "13/12"),
    (12 / 13, 0, "", "", "1"),
    (1024, 0, "times", "", "10^2"),
    (1024, 0, "times", "", "1000"),
    (1024, 0, "times", "", "2*10"),
    (9_834_496, 0, "pairs", "", "9.83"),
    (9_834_496, 0, "pairs", "", "9.83k"),
    (9_834_496, 0, "pairs", "", "9.84M"),
    (9_834_496, 0, "pairs", "", "10M"),
    (9_834_496, 0, "pairs", "count", "9.83M"),
    (9_834_496, 0, "pairs", "size", "10.5M"),
    (69_632, 0, "weights", "", "69,633"),
    (69_632, 0, "weights", "", "70000"),
    (85, 0, "", "", "85万"),
    (34, 0, "layers", "", "-34"),
    (34, 0, "layers", "", "34.4"),
    (34, 0, "layers", "", "3.4e2"),
    (16, 1, "times", "", "18"),
    (27, 0, "blocks", "", "26.9"),
    (101, 0, "layers", "", "100"),
    (0.05, 0.0005, "", "", "0.5"),
]
WRONG_OUTPUTS = [
    ("1e-06", "1e-07"),
    ("1", "1.0"),
    ("True", "true"),
    ("a 1\nb 2", "a 1 b 2"),
    ("(32, 32, 16)", "(16, 32, 32)"),
    ("(32, 32, 16)", "32 32 16"),
    ("[[1 2]\n [3 4]]", "[[1 3]\n [2 4]]"),
    ("[1, 2]", "[1, -2]"),
    ("0.956", "0.96"),
    ("float16", "float32"),
    ("1,000", "1,0000"),
    ("dog cat", "dogcat"),
]


def test_there_are_forty_of_each():
    assert len(RIGHT_NUMBERS) + len(RIGHT_OUTPUTS) >= 40
    assert len(WRONG_NUMBERS) + len(WRONG_OUTPUTS) >= 40


@pytest.mark.parametrize(("wanted", "tolerance", "unit", "asks", "typed"), RIGHT_NUMBERS)
def test_a_right_number_is_taken_however_it_is_written(wanted, tolerance, unit, asks, typed):
    assert same_number(typed, wanted, tolerance, unit, asks)


@pytest.mark.parametrize(("wanted", "tolerance", "unit", "asks", "typed"), WRONG_NUMBERS)
def test_a_wrong_number_is_refused(wanted, tolerance, unit, asks, typed):
    assert not same_number(typed, wanted, tolerance, unit, asks)


@pytest.mark.parametrize(("expected", "typed"), RIGHT_OUTPUTS)
def test_a_right_output_is_taken_however_it_is_spaced(expected, typed):
    assert same_output(expected, typed)


@pytest.mark.parametrize(("expected", "typed"), WRONG_OUTPUTS)
def test_a_wrong_output_is_refused(expected, typed):
    assert not same_output(expected, typed)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 or 2", "several"),
        ("256*64", "several"),
        ("many", "none"),
        ("", "none"),
        ("1e999", "none"),
    ],
)
def test_what_is_no_number_is_asked_again_with_the_reason(text, reason):
    assert readings(text) == [] and why_no_number(text) == reason


SPELLINGS = {
    "plain": lambda n: str(n),
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "thin spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "full width": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "exponent": lambda n: f"{n:.9e}",
    "times ten": lambda n: f"{n / 1e3!r}×10^3",
    "thousands": lambda n: f"{n / 1e3!r}k",
    "with a unit": lambda n: f" {n} parameters",
    "about": lambda n: f"≈ {n}",
}


@settings(deadline=None)
@given(some.integers(1, 10**9), some.sampled_from(sorted(SPELLINGS)))
def test_every_spelling_of_a_count_is_that_count_and_no_other(number, spelling):
    typed = SPELLINGS[spelling](number)
    assert same_number(typed, number, 0, "parameters", "count")
    assert not same_number(typed, number + 1, 0, "parameters", "count")
    assert not same_number(typed, number * 1000, 0, "parameters", "count")


@settings(deadline=None)
@given(some.integers(1, 99), some.integers(2, 99), some.integers(2, 5))
def test_a_fraction_may_be_rounded_to_the_digits_that_are_typed(above, below, digits):
    exact = Fraction(above, below)
    typed = f"{float(exact):.{digits}f}"
    value = Fraction(typed)
    assume(value and Fraction(1, 2 * 10**digits) <= value / 100)
    assert same_number(typed, float(exact), 0)
    assert same_number(f"{above}/{below}", float(exact), 0)
    off = f"{float(value + Fraction(2, 10**digits)):.{digits}f}"
    assert not same_number(off, float(exact), 0)


@settings(deadline=None)
@given(some.floats(-1e12, 1e12, allow_nan=False))
def test_what_python_prints_is_read_back(value):
    assert same_number(repr(value), value, 0, asks="count")


@settings(deadline=None)
@given(some.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    assert isinstance(readings(text), list)
    assert same_shape(text, (1, 2, 3)) in (True, False)
    assert same_output(text, text)


ROWS = some.lists(
    some.lists(some.integers(-99, 99), min_size=2, max_size=4), min_size=1, max_size=3
)


@settings(deadline=None)
@given(ROWS, some.integers(0, 3))
def test_an_array_is_the_same_with_any_padding_and_only_with_its_numbers(rows, padding):
    assume(len({len(row) for row in rows}) == 1)
    numpy = "[" + "\n ".join("[" + " ".join(f"{n:>4}" for n in row) + "]" for row in rows) + "]"
    python = str(rows).replace(" ", " " * padding)
    assert same_output(numpy, python)
    changed = [[*rows[0][:-1], rows[0][-1] + 1], *rows[1:]]
    assert not same_output(numpy, str(changed))


def test_the_first_line_that_differs_is_named():
    assert first_difference("a 1\nb  2\nc 3", "a 1\nb 2\nc 4") == 3
