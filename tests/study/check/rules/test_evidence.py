"""What an answer rests on is counted: claims, figures with a source, and what has neither."""

from dataclasses import replace

from study.bank import loading
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


def test_the_bank_is_summed_up_in_one_line():
    assert summary(replace(BANK, questions=BANK.questions[:2])).count("\n") == 0
