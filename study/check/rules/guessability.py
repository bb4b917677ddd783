"""Measure the score of someone who knows nothing and judges the options by their look.

A rule such as "take the longest" is applied to every item of a form in one language. If it fits
several options, the guess is spread over them; if it fits none, over all. Positions count as they
are asked: options are shuffled, so only sentences that keep their order have a first one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from study.bank.citations import without_citations
from study.bank.question import LANGUAGES, Bank, Item, Problem
from study.practice import grading

FORMS = ("choice", "chart", "bug", "answer")
MARGIN = 0.08  # how far above chance a rule may score
ENOUGH = 10  # with fewer items of a form its figures are chance
SEVERITY = "error"  # "warning" tells without failing
MARKUP = re.compile(r"[`*_$~\\]")
ABSOLUTE = {
    "en": re.compile(
        r"\b(always|never|all|every|only|must|cannot|none|no|any|exactly|impossible|entirely)\b",
        re.I,
    ),
    "zh": re.compile(
        r"总是|总会|永远|从不|绝不|所有|全部|全都|完全|只有|只能|必须|一定|任何|每个|都|不可能"
    ),
}


@dataclass(frozen=True)
class Options:
    """Hold the choices in one language: plain texts by key, and which key is right."""

    texts: dict[str, str]
    right: str
    in_order: bool
    language: str

    @property
    def chance(self) -> float:
        """Return the chance that a blind guess is right."""
        return 1 / len(self.texts)


@dataclass(frozen=True)
class Row:
    """Hold for one form in one language how often each rule is right, between 0 and 1."""

    form: str
    language: str
    items: int
    chance: float
    scores: dict[str, float]

    @property
    def guessed(self) -> dict[str, float]:
        """Return the rules that score more than the margin above chance."""
        return {name: s for name, s in self.scores.items() if s > self.chance + MARGIN}

    def to_json(self) -> dict[str, object]:
        about = {"form": self.form, "language": self.language, "items": self.items}
        scores = {name: round(score, 3) for name, score in self.scores.items()}
        return {**about, "chance": round(self.chance, 3), **scores}


def table(bank: Bank) -> list[Row]:
    """Return a row for each form and language that the bank has items of."""
    rows = []
    for form in FORMS:
        for language in LANGUAGES:
            asked = [i for i in bank.items if i.form == form and language in i.text]
            found = [one for item in asked if (one := options(item, language)) is not None]
            if found:
                rows.append(_row(form, language, found))
    return rows


def rules(bank: Bank, root: Path) -> Iterator[Problem]:
    """Yield a problem for each rule by which a form can be guessed."""
    for row in table(bank):
        for name, score in row.guessed.items() if row.items >= ENOUGH else ():
            message = (
                f"{row.form} ({row.language}): {WORDS[name]} is right {score:.0%} of the time, by "
                f"chance {row.chance:.0%}; make the options alike"
            )
            yield Problem(root, 1, "guessable", message, SEVERITY)


def options(item: Item, language: str) -> Options | None:
    """Return the options of an item, or None if its right one is missing (another rule says so)."""
    told = item.text[language].choices
    texts = {key: plain(told.get(key, key)) for key in grading.choices(item)}
    right = str(item.facts.get("wrong" if item.form == "answer" else "answer"))
    if right not in texts:
        return None
    return Options(texts, right, bool(item.facts.get("in_order")), language)


def plain(text: str) -> str:
    """Return a text as a reader sees it, without citations and marks."""
    return MARKUP.sub("", without_citations(text)).strip()


def score(rule: "Rule", asked: Options) -> float:
    """Return the chance that a rule finds the right option."""
    fitting = rule(asked) or list(asked.texts)
    return (asked.right in fitting) / len(fitting)


def _row(form: str, language: str, found: list[Options]) -> Row:
    scores = {name: _mean([score(rule, one) for one in found]) for name, rule in RULES.items()}
    return Row(form, language, len(found), _mean([one.chance for one in found]), scores)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


Rule = Callable[[Options], list[str]]


def _longest(asked: Options) -> list[str]:
    most = max(map(len, asked.texts.values()))
    return [key for key, text in asked.texts.items() if len(text) == most]


def _shortest(asked: Options) -> list[str]:
    least = min(map(len, asked.texts.values()))
    return [key for key, text in asked.texts.items() if len(text) == least]


def _at(place: int) -> Rule:
    return lambda asked: list(asked.texts)[place : place + 1] if asked.in_order else []


def _absolute(asked: Options) -> list[str]:
    return [key for key, text in asked.texts.items() if ABSOLUTE[asked.language].search(text)]


def _not_absolute(asked: Options) -> list[str]:
    return [key for key in asked.texts if key not in _absolute(asked)]


RULES: dict[str, Rule] = {
    "longest": _longest,
    "shortest": _shortest,
    "first": _at(0),
    "second": _at(1),
    "absolute": _absolute,
    "not_absolute": _not_absolute,
}
WORDS = {
    "longest": "the longest",
    "shortest": "the shortest",
    "first": "the first",
    "second": "the second",
    "absolute": "one with an absolute word",
    "not_absolute": "one without an absolute word",
}
