"""What is said aloud is measured: seconds, numbers, sentences."""

import pytest

from study.bank import loading
from study.check.rules.speech import SECONDS, sentences, size, spoken, summary, table


def test_english_is_measured_in_words_and_chinese_in_characters():
    assert size("A plain-56 trains worse than its twin.", "en") == 7
    assert size("普通网络比 ResNet-56 差", "zh") == 7
    assert spoken("word " * 75, "en").seconds == pytest.approx(30)
    assert spoken("字" * 130, "zh").seconds == pytest.approx(30)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ResNet-50 has 25.6 M weights and 3.86 GMAC.", 2),
        ("After 56 layers the error is 28.54 % [he15 §4.1, Table 2], with $x_{12}$ as input.", 1),
        ("A 3×3 kernel, stage 2, step 100, top-1, in 2015.", 0),
        ("Two of 3 seeds.", 0),
    ],
)
def test_figures_are_counted_and_names_are_not(text, count):
    assert spoken(text, "en").numbers == count


def test_a_decimal_point_ends_no_sentence():
    assert len(sentences("The loss is 2.30 at first. Then it falls.")) == 2
    assert len(sentences("先说结论。再说原因；最后举例。")) == 3


def test_the_summary_holds_the_most_of_every_answer():
    questions = loading.load().questions
    whole = summary(questions)
    for language in ("zh", "en"):
        for length in SECONDS:
            each = [table(one)[language][length] for one in questions]
            assert whole[language][length]["seconds_most"] == max(one["seconds"] for one in each)
            assert whole[language][length]["numbers_most"] == max(one["numbers"] for one in each)
    assert summary([]) == {}
