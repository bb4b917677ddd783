"""Terms of the glossary are found in the questions, and the questions by their terms."""

from study.bank import loading, terms

BANK = loading.load()


def test_a_term_of_a_question_leads_back_to_the_question():
    for language in ("zh", "en"):
        for question in BANK.questions:
            for key in terms.terms_in(question, BANK, language):
                assert question in terms.questions_with(key, BANK, language)


def test_english_terms_match_whole_words_and_plurals():
    question = BANK.get("why-shortcuts")
    assert "shortcut" in terms.terms_in(question, BANK, "en")


def test_every_term_is_used_by_some_question():
    for language in ("zh", "en"):
        assert [key for key in BANK.glossary if not terms.questions_with(key, BANK, language)] == []
