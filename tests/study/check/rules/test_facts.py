"""A figure that several answers use has one place, and no answer differs from it."""

import shutil
from dataclasses import replace

import pytest

from study.bank import loading
from study.check.rules import facts
from study.check.rules.facts import Figure

BANK = loading.load()


@pytest.mark.parametrize(
    ("typed", "value", "same"),
    [
        ("25,557,032", 25557032, True),
        ("25.6 M", 25557032, True),
        ("25.56 million", 25557032, True),
        ("2,556 万", 25557032, True),
        ("25.5 M", 25557032, False),
        ("25,557,033", 25557032, False),
        ("11.3 G", 11.3e9, True),
        ("7.9", 7.93, True),
        ("7.39", 7.93, False),
    ],
)
def test_a_number_is_the_fact_in_each_of_its_spellings(typed, value, same):
    assert facts.NUMBER.fullmatch(typed)
    assert Figure.of(typed).is_(value) is same


def test_the_bank_agrees_with_its_facts():
    assert [str(problem) for problem in facts.rules(BANK, loading.ROOT)] == []
    assert len(BANK.facts) >= 50


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(loading.ROOT, tmp_path / "questions")


def broken(root, place: str, old: str, new: str) -> list[str]:
    path = next(root.glob(f"*/{place}"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return [str(problem) for problem in facts.rules(loading.load(root), root)]


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("why-shortcuts/en.md", "7.93", "7.39"),
        ("why-shortcuts/zh.md", "7.93", "7.39"),
        ("three-failures/en.md", "7.93", "7.95"),
        ("resnet-to-convnext/en.md", "25,557,032", "25,557,023"),
    ],
)
def test_a_line_that_differs_from_a_fact_is_told(root, place, old, new):
    found = broken(root, place, old, new)
    assert any(f"{new} differs from the fact" in line and place in line for line in found)


def test_a_figure_of_two_questions_becomes_a_fact():
    left = {key: table for key, table in BANK.facts.items() if key != "ensemble-error"}
    found = [str(problem) for problem in facts.rules(replace(BANK, facts=left), loading.ROOT)]
    assert len(found) == 1 and "3.57 stands in" in found[0] and "facts.toml" in found[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "he99 Table 1"}, "needs a key of sources.toml"),
        ({"source": "he15"}, "and a place"),
        ({"counted": "count-by-hand"}, "write source"),
        ({"questions": ["why-shortcuts"]}, "uses it; add it to questions"),
        ({"questions": ["nobody"]}, "there is no question nobody"),
        ({"words": {"en": ["nowhere at all"], "zh": ["错误率"]}}, "nowhere in en"),
        ({"colour": "blue"}, "unknown key colour"),
        ({"setting": None}, "setting missing"),
    ],
)
def test_a_fact_that_does_not_hold_together_is_told(change, said):
    table = {**BANK.facts["ensemble-error"], **change}
    table = {key: value for key, value in table.items() if value is not None}
    told = replace(BANK, facts={**BANK.facts, "ensemble-error": table})
    assert any(said in problem.message for problem in facts.rules(told, loading.ROOT))


def test_what_is_counted_is_printed_by_its_code():
    table = {**BANK.facts["resnet-56-parameters"], "value": 853019}
    told = replace(BANK, facts={**BANK.facts, "resnet-56-parameters": table})
    assert any("prints 853019" in p.message for p in facts.rules(told, loading.ROOT))
