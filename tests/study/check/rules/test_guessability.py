"""Guessability: rules that know nothing are measured, and fail above chance."""

from dataclasses import replace
from pathlib import Path

import pytest

from study.bank import loading as banks
from study.bank.question import Bank, Item, ItemText
from study.check.rules import guessability
from study.check.rules.guessability import RULES, Options, score

BANK = banks.load()


def asked(right: str, *, in_order=False, language="en", **texts: str) -> Options:
    return Options(texts, right, in_order, language)


@pytest.mark.parametrize(
    ("rule", "right", "wanted"),
    [
        ("longest", "b", 1.0),
        ("longest", "a", 0.0),
        ("shortest", "a", 0.5),  # two are as short
        ("absolute", "b", 1.0),
        ("not_absolute", "a", 0.5),
        ("first", "a", 1 / 3),  # they are shuffled
    ],
)
def test_each_rule_scores_what_a_guesser_would(rule, right, wanted):
    options = asked(right, a="it is", b="it always is so", c="it may")
    options = replace(options, texts={"a": "it is", "b": "it always is so", "c": "is it"})
    assert score(RULES[rule], options) == pytest.approx(wanted)


def test_positions_count_where_sentences_stay_in_their_order():
    options = asked("b", in_order=True, a="x", b="y", c="z")
    assert score(RULES["second"], options) == 1.0 and score(RULES["first"], options) == 0.0


def test_chinese_has_absolute_words_of_its_own():
    options = asked("a", language="zh", a="梯度总是消失", b="梯度可能变小")
    assert score(RULES["absolute"], options) == 1.0


def test_marks_and_citations_are_not_seen():
    assert guessability.plain("`x` is **so** [he15 §3.1]") == "x is so"


def bank_of(*lengths: tuple[int, int]) -> Bank:
    """Choices whose right option and whose other two have these lengths."""
    items = []
    for number, (right, others) in enumerate(lengths):
        texts = {"r": "x" * right, "o": "y" * others, "p": "z" * others}
        text = {code: ItemText("?", "", texts, {}, "") for code in ("zh", "en")}
        facts = {"options": ["o", "r", "p"], "answer": "r"}
        items.append(Item(f"q/{number}", "k", "q", "choice", 2, (), facts, {}, text, "v"))
    question = replace(BANK.questions[0], items=tuple(items))
    return replace(BANK, questions=(question,))


def test_a_bank_whose_right_options_are_the_longest_is_refused():
    bad = bank_of(*[(30, 10)] * 8, *[(10, 30)] * 4)
    found = [problem.message for problem in guessability.rules(bad, Path("questions"))]
    assert any(
        "choice (en): the longest is right 67% of the time, by chance 33%" in m for m in found
    )


def test_a_bank_of_like_lengths_passes():
    fair = bank_of((30, 10), (10, 30), *[(20, 20)] * 10)
    assert list(guessability.rules(fair, Path("questions"))) == []


def test_an_item_without_its_right_option_is_left_to_another_rule():
    items = [replace(item, facts={**item.facts, "answer": "gone"}) for item in BANK.items]
    broken = replace(BANK, questions=(replace(BANK.questions[0], items=tuple(items)),))
    assert "choice" not in {row.form for row in guessability.table(broken)}


def test_a_handful_of_items_says_nothing():
    few = bank_of(*[(30, 10)] * (guessability.ENOUGH - 1))
    assert list(guessability.rules(few, Path("questions"))) == []


def test_the_table_of_our_bank_has_every_form_and_language():
    rows = guessability.table(BANK)
    forms = {item.form for item in BANK.items} & set(guessability.FORMS)
    assert {(row.form, row.language) for row in rows} == {
        (f, c) for f in forms for c in ("zh", "en")
    }
    for row in rows:
        assert set(row.to_json()) >= {"form", "language", "items", "chance", *RULES}
        assert all(0 <= value <= 1 for value in row.scores.values())
