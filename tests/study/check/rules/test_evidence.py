"""What an answer rests on is counted: claims, figures with a source, and what has neither."""

from dataclasses import replace

from study.bank import loading
from study.bank.question import Snippet
from study.check.rules.evidence import evidence, summary

BANK = loading.load()


def question(answer: str, claims: tuple[str, ...]):
    one = BANK.questions[0]
    prose = {code: replace(text, answer=answer) for code, text in one.prose.items()}
    return replace(one, prose=prose, claims=claims)


def test_a_figure_has_a_source_or_is_listed():
    answer = (
        "It has 25.6 M weights [he15 Table 1].\n\n"
        "We saw 28.5 % here, which nobody says.\n\n"
        "ResNet-50 has no figure here."
    )
    found = evidence(question(answer, ("skips-add-no-parameters", "no-such-claim")), "en")
    assert (found.claims, found.figures, found.sourced) == (1, 2, 1)
    assert found.bare == ("We saw 28.5 % here, which nobody says.",)


def test_a_figure_that_the_questions_own_code_prints_needs_no_source():
    answer = "The loss falls to 0.39.\n\nIt is right on 77 %.\n\nNobody prints 0.38."
    snippet = Snippet("", "loss 2.303 to 0.3862, right 0.771\n", 1.0)
    found = evidence(replace(question(answer, ()), snippet=snippet), "en")
    assert (found.figures, found.sourced, found.printed) == (3, 0, 2)
    assert found.bare == ("Nobody prints 0.38.",)


def test_the_bank_is_summed_up_in_one_line():
    assert summary(replace(BANK, questions=BANK.questions[:2])).count("\n") == 0
