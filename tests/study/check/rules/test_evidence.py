"""What an answer rests on is counted: claims, figures with a source, and what has neither."""

from dataclasses import replace

from resnet_core import claims
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
        "It has 25.6 M weights [he15 Table 1]. Another has 11.7 M.\n\n"
        'Here 28.5 % are wrong. There it is 27.1 % [karpathy19 "2. A title"]. And 5 % of what?\n\n'
        "ResNet-50 has no figure here, at 224 pixels and batch 64, in Keras 3.15."
    )
    found = evidence(question(answer, ("skips-add-no-parameters", "no-such-claim")), "en")
    assert (found.claims, found.figures, found.sourced) == (1, 5, 3)
    assert found.bare == ("Another has 11.7 M.", "And 5 % of what?")


def test_a_figure_that_the_questions_own_code_prints_needs_no_source():
    answer = "The loss falls to 0.39. It is right on 77 %. Nobody prints 0.38."
    snippet = Snippet("", "loss 2.303 to 0.3862, right 0.771\n", 1.0)
    found = evidence(replace(question(answer, ()), snippet=snippet), "en")
    assert (found.figures, found.sourced, found.counted) == (3, 0, 2)
    assert found.bare == ("Nobody prints 0.38.",)


def test_a_figure_that_an_item_works_out_needs_no_source():
    told = question("It trains 9,728 weights. It trains 9,729.", ())
    number = next(item for item in BANK.items if item.form == "number")
    item = replace(number, facts={**number.facts, "answer": 9728})
    found = evidence(replace(told, items=(item,), snippet=None), "en")
    assert found.counted == 1 and found.bare == ("It trains 9,729.",)


def test_a_figure_that_a_cited_claim_measured_needs_no_source():
    made = claims.record("plain-56-trains-worse").effect.mean
    answer = f"没有捷径，损失高 {made:.2f}。梯度只有 1e-10。损失高 9.87。"
    cited = ("plain-56-trains-worse", "no-bn-glorot-vanishes")
    found = evidence(replace(question(answer, cited), snippet=None, items=()), "zh")
    assert (found.figures, found.measured) == (3, 2) and found.bare == ("损失高 9.87。",)


def test_the_bank_is_summed_up_with_what_rests_on_nothing():
    first = replace(question("Nobody says 0.38.", ()), snippet=None, items=())
    line, *rest = summary(replace(BANK, questions=(first,))).splitlines()
    assert "of 1 sentences" in line and rest == [f"  {first.id}: Nobody says 0.38. …"]
