"""Terms of the glossary are found in the questions that use them."""

import pytest

from study.bank import loading, terms

BANK = loading.load()


def test_english_terms_match_whole_words_and_plurals():
    by_term = terms.questions_by_term(BANK, "en")
    assert BANK.get("why-shortcuts") in by_term["shortcut"]
    assert len(by_term["stem"]) < len(BANK.questions)  # and not in "system"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_is_used_by_some_question(language):
    by_term = terms.questions_by_term(BANK, language)
    assert [key for key, questions in by_term.items() if not questions] == []
