"""The bank loads what is right, names what is wrong, and finds what is asked for."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.bank import loading as banks
from study.bank import markdown
from study.bank.question import LANGUAGES


@pytest.fixture(scope="module")
def bank():
    return banks.load()


def test_every_question_is_whole_in_both_languages(bank):
    for question in bank.questions:
        for language in LANGUAGES:
            prose = question.prose[language]
            assert prose.ask and prose.short and prose.answer and prose.board, question.id
            assert list(prose.points) == list(question.points), question.id
            assert set(prose.claims) == set(question.claims), question.id


def test_the_order_is_that_of_the_topics_then_the_level(bank):
    order = list(bank.topics)
    places = [(order.index(q.topic), q.level, q.id) for q in bank.questions]
    assert places == sorted(places)


def test_a_binary_file_in_place_of_prose_is_a_problem_not_a_crash(tmp_path):
    root = shutil.copytree(banks.ROOT, tmp_path / "questions")
    (root / "shortcuts" / "why-shortcuts" / "en.md").write_bytes(b"\xff\xfe\x00\x80")
    loaded = banks.load(root)
    assert loaded.get("why-shortcuts") is None
    assert any("en.md" in str(problem) for problem in loaded.problems)


def test_the_fingerprint_changes_with_a_file(tmp_path):
    root = shutil.copytree(banks.ROOT, tmp_path / "questions")
    before = banks.fingerprint(root)
    (root / "glossary.toml").write_text("", "utf-8")
    assert banks.fingerprint(root) != before


def test_the_version_of_an_item_changes_with_its_words_only(tmp_path):
    root = shutil.copytree(banks.ROOT, tmp_path / "questions")
    old = {item.id: item.version for item in banks.load(root).items}
    path = root / "shortcuts" / "why-shortcuts" / "en.md"
    text = path.read_text("utf-8").replace("it doubles those of the block", "it doubles them")
    path.write_text(text, "utf-8")
    changed = {i.id for i in banks.load(root).items if old[i.id] != i.version}
    assert changed == {"why-shortcuts/parameters-of-skip"}


@given(st.text(max_size=300))
def test_any_text_parses(text):
    tree = markdown.parse(text)
    for part in [tree, *tree.parts]:
        markdown.entries(part), markdown.quotations(part), markdown.body(part)
