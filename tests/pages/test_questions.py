"""Reading a question: the answer waits, the key points count, what is hostile stays text."""

import pytest

from resnet_core.claims import CLAIMS
from study.bank import loading as banks
from tests.pages.conftest import texts

BANK = banks.load()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_the_answer_is_hidden_until_it_is_asked_for(open_page, question, language):
    app = open_page("questions", language, q=question.id)
    prose = question.prose[language]
    assert app.title[0].value == question.title[language]
    first_words = prose.short.split("[")[0][:40]
    assert first_words not in texts(app)
    app.button(key="question_reveal").click().run()
    assert not app.exception
    assert first_words in texts(app)
    assert {box.label.replace(" **★**", "") for box in app.checkbox} >= set(prose.points.values())


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_what_gives_the_answer_away_waits_with_it(open_page, question):
    app = open_page("questions", "en", q=question.id)
    assert not any(key and key.startswith("claim_start") for key in (b.key for b in app.button))
    assert not any(question.snippet.expected.strip() in part.value for part in app.code)
    app.button(key="question_reveal").click().run()
    started = {b.key for b in app.button if b.key and b.key.startswith("claim_start")}
    trained = [name for name in question.claims if CLAIMS[name].experiments]
    assert started == {f"claim_start_{name}" for name in trained}
    assert "snippet_run" in {b.key for b in app.button}


@pytest.mark.parametrize("answer", ["short", "board", "1"])
def test_a_reload_shows_the_answer_that_was_shown(open_page, answer):
    app = open_page("questions", "en", q="why-shortcuts")
    app.button(key="question_reveal").click().run()
    assert app.query_params["answer"] == "short"
    again = open_page("questions", "en", q="why-shortcuts", answer=answer)
    assert not any(button.key == "question_reveal" for button in again.button)


def test_tags_are_words_of_the_readers_language(open_page):
    app = open_page("questions", "zh", q="why-shortcuts")
    assert "退化" in app.caption[0].value and "degradation" not in app.caption[0].value
    offered = open_page("questions", "zh").selectbox(key="list_tag").options
    assert "退化" in offered and "degradation" not in offered


def test_ticked_points_and_musts_are_counted(open_page):
    question = BANK.get("why-shortcuts")
    app = open_page("questions", "en", q=question.id)
    app.button(key="question_reveal").click().run()
    app.checkbox(key=f"point_{question.id}_{question.musts[0]}").check().run()
    assert f"1 of {len(question.points)} points, 1 of {len(question.musts)} musts" in texts(app)


def test_a_link_to_no_question_says_so_and_lists_all(open_page):
    app = open_page("questions", "en", q="../../etc/passwd")
    assert "no such question" in app.warning[0].value
    assert app.title[0].value == "Questions"


def test_the_search_narrows_the_list(open_page):
    app = open_page("questions", "en")
    app.text_input(key="search").set_value("degredation").run()
    links = [link.proto.label for link in app.get("page_link")]
    assert "Why the shortcut matters" in links
    app.text_input(key="search").set_value("zzzzqqqq").run()
    assert app.info[0].value.startswith("Nothing found")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "[x](javascript:1)", "a" * 5000])
def test_hostile_searches_are_only_words(open_page, query):
    app = open_page("questions", "en")
    app.text_input(key="search").set_value(query).run()
    assert not app.exception
    assert "<script>" not in texts(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_view_for_paper_has_all_lengths_the_points_and_the_code_unfolded(open_page, language):
    question = BANK.get("why-shortcuts")
    prose = question.prose[language]
    app = open_page("questions", language, q=question.id, view="print")
    told = texts(app)
    for length in (prose.short, prose.answer, prose.board):
        assert length.split("[")[0][:30] in told
    assert all(point in told for point in prose.points.values())
    assert question.snippet.code.strip() in [block.value.strip() for block in app.code]
