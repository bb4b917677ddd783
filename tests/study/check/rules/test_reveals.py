"""An item that gives another one away is found and has to be marked."""

from dataclasses import replace

import pytest

from study.bank import loading
from study.bank.question import Bank, Item
from study.check.rules import reveals

BANK = loading.load()


def test_every_candidate_of_the_bank_has_been_judged():
    assert [str(problem) for problem in reveals.rules(BANK)] == []
    assert len(reveals.candidates(unmarked(BANK))) > 20


def unmarked(bank: Bank) -> Bank:
    """The bank as if nobody had named a neighbour."""
    return with_items(bank, lambda item: changed(item, reveals=[], shares=[]))


def with_items(bank: Bank, edit) -> Bank:
    questions = tuple(
        replace(question, items=tuple(edit(item) for item in question.items))
        for question in bank.questions
    )
    return replace(bank, questions=questions)


def changed(item: Item, **facts) -> Item:
    return replace(item, facts={**item.facts, **facts})


@pytest.mark.parametrize(
    ("showing", "shown", "both"),
    [
        ("choosing-depth/ratio-bottleneck", "residual-block/bottleneck-weights", "69632"),
        ("why-shortcuts/broadcast", "residual-block/wrong-order", "relu belongs after"),
        ("batchnorm-backward/constants", "batchnorm-backward/why-three", "the mean and"),
    ],
)
def test_a_number_and_a_sentence_in_both_are_found(showing, shown, both):
    found = {(c.showing.id, c.shown.id): c for c in reveals.candidates(unmarked(BANK))}
    candidate = found[showing, shown]
    assert both in candidate.both
    same = showing.split("/")[0] == shown.split("/")[0]
    assert candidate.name == (shown.split("/")[1] if same else shown)


def test_an_unmarked_one_is_told_with_file_and_line():
    problem = next(reveals.rules(unmarked(BANK)))
    line = problem.path.read_text("utf-8").splitlines()[problem.line - 1]
    assert problem.path.name == "question.toml" and line.startswith("[items.")
    assert problem.severity == "error" and "reveals = [" in problem.message


def test_what_the_own_prompt_says_is_no_secret():
    item = BANK.item("residual-block/bottleneck-weights")
    text = {code: replace(one, prompt=f"{one.prompt} 69,632?") for code, one in item.text.items()}
    told = with_items(
        unmarked(BANK), lambda one: replace(one, text=text) if one.id == item.id else one
    )
    assert item.id not in {candidate.shown.id for candidate in reveals.candidates(told)}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reveals": ["nobody"]}, "there is no item nobody"),
        ({"reveals": ["nowhere/at-all"]}, "there is no item nowhere/at-all"),
        ({"reveals": ["bottleneck-weights"]}, "cannot name itself"),
        (
            {"reveals": ["op-order"], "shares": ["op-order"]},
            "op-order stands in reveals and in shares",
        ),
    ],
)
def test_a_name_has_to_lead_to_another_item(facts, said):
    own = "residual-block/bottleneck-weights"
    broken = with_items(BANK, lambda one: changed(one, **facts) if one.id == own else one)
    assert any(said in problem.message for problem in reveals.rules(broken))


def test_naming_a_neighbour_leaves_the_version_of_an_item_alone():
    """A log knows an item by its version, which only changes with what is asked."""
    item = BANK.item("residual-block/bottleneck-weights")
    facts = {key: value for key, value in item.facts.items() if key != "reveals"}
    path = BANK.get(item.question).path
    texts = {language: {item.key: text} for language, text in item.text.items()}
    again = loading._item(path, item.key, facts, {"level": 1}, texts)
    assert item.facts["reveals"] and again.version == item.version
