"""Drills from records: true by the files that ship, worded in both languages, hard to guess."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from base.catalogue import catalogue
from resnet_core import claims
from resnet_core.claims import CLAIMS, RECORDS
from study.practice import claim_drills, claim_findings, drills
from study.practice.claim_findings import findings
from study.practice.grading import grade
from ui.quiz.drill_items import as_item

LOCALES = Path(__file__).resolve().parents[3] / "locales"
LANGUAGES = ("zh", "en")
seeds = some.integers(0, 10**6)
WARNS = re.compile("worse|slow|larger|higher|stops|less|jump|差|慢|更大|更难|高|训不动|更不准")


def on_disk(name: str) -> dict:
    return json.loads((RECORDS / f"{name}.json").read_text("utf-8"))


def meets(told: dict, value: float) -> bool:
    asked, slack = told["threshold"], told["tolerance"]
    if told["sense"] == "at least":
        return value >= asked - slack
    return value <= asked + slack if told["sense"] == "at most" else abs(value - asked) <= slack


def held(name: str) -> bool:
    told = on_disk(name)
    return all(
        sum(meets(one, float(value)) for value in one["values"]) >= 0.8 * len(one["values"])
        for one in (told, told["control"])
    )


def pointed(name: str) -> str:
    signs = {math.copysign(1, value) for value in map(float, on_disk(name)["values"]) if value}
    return {1.0: "stated", -1.0: "reversed"}[signs.pop()] if len(signs) == 1 else "mixed"


@given(seeds)
def test_one_option_alone_is_what_is_asked_for(seed):
    drill = drills.make("held", seed)
    wanted = drill.solved.variant == "held"
    assert [name for name in drill.solved.options if held(name) is wanted] == [drill.answer]
    assert len(drill.solved.options) == 4


@given(seeds)
def test_the_directions_are_those_of_all_seeds(seed):
    drill = drills.make("signs", seed)
    a, b, *wrong = drill.numbers
    assert a != b and drill.answer == f"{pointed(a)}-{pointed(b)}"
    assert drill.answer not in wrong and len(drill.solved.options) == 4


@settings(deadline=None)
@given(some.sampled_from(sorted(claim_drills.KINDS)), seeds)
def test_every_option_is_worded_and_one_is_right(kind, seed):
    drill = drills.make(kind, seed)
    item = as_item(drill)
    graded = {key: grade(item, None, key).correct for key in item.facts["options"]}
    assert [key for key, right in graded.items() if right] == [drill.answer]
    for language in LANGUAGES:
        text = item.text[language]
        told = [*text.choices.values(), *text.reasons.values(), text.prompt, text.body, text.why]
        assert not any("{" in one or "claims." in one or "drill." in one for one in told)
        assert len(set(text.choices.values())) == 4 and list(text.choices) == item.facts["options"]


def test_both_questions_and_all_directions_are_asked():
    variants = [drills.make("held", seed).solved.variant for seed in range(100)]
    assert 30 < variants.count("held") < 70
    right = {drills.make("signs", seed).answer for seed in range(200)}
    ways = {one.direction for one in findings().values() if one.direction}
    assert (
        {way for pair in right for way in pair.split("-")} == ways == {*claim_findings.DIRECTIONS}
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pick", [min, max])
@pytest.mark.parametrize("kind", claim_drills.KINDS)
def test_the_length_of_an_option_gives_nothing_away(kind, pick, language):
    made = [drills.make(kind, seed) for seed in range(400)]
    hits = 0.0
    for drill in made:
        lengths = {k: len(told) for k, told in as_item(drill).text[language].choices.items()}
        extreme = [k for k, length in lengths.items() if length == pick(lengths.values())]
        hits += (drill.answer in extreme) / len(extreme)
    assert hits / len(made) < 0.25 + 0.08


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_a_claim_promises_or_warns_gives_nothing_away(language):
    """Titles of both kinds say "better" and "worse": otherwise whatever helps would have failed."""
    for holds in (True, False):
        titles = [
            catalogue(language)[one.title.key]
            for name, one in findings().items()
            if one.holds is holds and one.direction
        ]
        warns = sum(bool(WARNS.search(title)) for title in titles) / len(titles)
        assert 0.3 < warns < 0.8, (holds, titles)


def names_a_deep_net(name: str, language: str) -> bool:
    title = catalogue(language)[f"claims.{name}.title"]
    named = re.findall(r"(?:ResNet|plain)-(\d+)", title, re.IGNORECASE)
    assert named, f"the title of {name} names its net, as ResNet-20 or plain-56: {title}"
    return max(map(int, named)) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", ["held", "failed"])
def test_the_net_that_a_title_names_gives_nothing_away(wanted, language):
    """What failed is mostly about shallow nets: unless the draw sees to it, that tells which."""
    drawn = [drills.make("held", seed) for seed in range(600)]
    made = [drill for drill in drawn if drill.solved.variant == wanted]
    hits = {True: 0.0, False: 0.0}
    for drill in made:
        for deep in hits:
            like = [key for key in drill.solved.options if names_a_deep_net(key, language) is deep]
            hits[deep] += (drill.answer in like) / len(like)
    assert all(hit / len(made) < 0.25 + 0.08 for hit in hits.values()), hits


def test_who_knows_one_reversed_effect_does_not_know_every_pair():
    made = [drills.make("signs", seed) for seed in range(300)]
    reversed_ones = {name for name, one in findings().items() if one.direction == "reversed"}
    assert sum(bool(reversed_ones & {*drill.numbers[:2]}) for drill in made) / len(made) < 0.3
    without = [drill for drill in made if "reversed" not in drill.answer]
    assert any("reversed" in pair for drill in without for pair in drill.solved.options)


def test_a_direction_is_that_of_a_difference():
    told = catalogue("en")
    for name, one in findings().items():
        assert bool(one.direction) is (" minus " in told[f"claims.{name}.quantity"]), name


def test_what_missed_its_threshold_but_points_its_way_is_not_asked():
    failed = [name for name, one in findings().items() if not one.holds]
    assert failed and all(pointed(name) != "stated" for name in failed)
    assert not claims.record("augmentation-closes-the-gap").holds


def test_a_record_that_says_something_else_changes_the_answer(monkeypatch):
    real = dict(findings())
    name = next(name for name, one in real.items() if one.direction == "stated")
    other = next(n for n, one in real.items() if one.direction == "stated" and n != name)
    turned = {**real, name: replace(real[name], direction="reversed")}
    monkeypatch.setattr(claim_drills, "findings", lambda: turned)
    assert claim_drills.KINDS["signs"].solve(name, other).answer == "reversed-stated"


def test_only_what_was_measured_and_speaks_for_itself_is_asked():
    for name, one in findings().items():
        told = on_disk(name)
        enough = sum(meets(told, float(value)) for value in told["values"]) >= 4
        assert len(told["seeds"]) >= 5 and one.holds is enough is held(name)
        assert one.direction is None or CLAIMS[name].predicate.sense == "at least"
