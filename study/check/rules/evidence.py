"""Count the evidence for an answer: claims that can be repeated, and figures with a source.

A figure was either measured by somebody or counted. Each sentence of the answer with a figure must
cite a source, in itself or in the next one; or tell what the question's own code prints, what one
of its items works out, or what a claim of the question measured. Sentences that do none are listed.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resnet_core.claims import CLAIMS, record
from study.bank.citations import CITATION
from study.bank.question import LANGUAGES, Bank, Question
from study.check.rules.speech import FIGURES, NAMES, UNSPOKEN

CITED = "†"  # stands for a citation, whose title may hold a full stop
PARAGRAPH = re.compile(r"\n\s*\n")
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")
TINY = re.compile(r"\d+(?:\.\d+)?e[-+]?\d+")  # 1e-10, whose digits would pass for a name
SMALL = re.compile(r"(?<![\d.,])\d(?=\s*(?:%|points?\b|个百?分?点|times\b|倍))")
# What somebody set and nobody measured: a batch, an image's side, a version, a rate.
SETTINGS = re.compile(
    r"(?:batch(?:es)?(?: size)?(?: of)?|批次|Keras|rate of|学习率(?:只有)?)\s*[\d.,e+-]*\d"
    r"|\d[\d,]*\s*(?:个\s*)?(?:px|pixels?|像素|images?|张|epochs?)"
)


@dataclass(frozen=True)
class Evidence:
    """Hold the evidence for the answer of a question in one language.

    `claims` counts the claims that the question cites, `figures` the sentences with a figure. Of
    these `sourced` have a source; of the rest, `counted` tell what the question's code prints or an
    item works out, and `measured` what a claim of the question measured. `bare` holds the first
    words of the others.
    """

    claims: int
    figures: int
    sourced: int
    counted: int
    measured: int
    bare: tuple[str, ...]


def evidence(question: Question, language: str) -> Evidence:
    """Return the evidence for the answer in one language."""
    counted, measured = _counted(question), _measured(question)
    told = {"sourced": 0, "counted": 0, "measured": 0}
    bare = []
    for sentence, cites in _sentences(question.prose[language].answer):
        figures = _figures(sentence)
        if not figures:
            continue
        if cites:
            told["sourced"] += 1
        elif any(_tells(counted, figure) for figure in figures):
            told["counted"] += 1
        elif any(_tells(measured, figure) for figure in figures):
            told["measured"] += 1
        else:
            bare.append(sentence[:60])
    repeatable = sum(name in CLAIMS for name in question.claims)
    return Evidence(repeatable, sum(told.values()) + len(bare), **told, bare=tuple(bare))


def table(question: Question) -> dict[str, dict[str, object]]:
    """Return the evidence of a question by language, for the JSON of the linter."""
    return {language: vars(evidence(question, language)) for language in LANGUAGES}


def summary(bank: Bank) -> str:
    """Return what the answers of the bank rest on, and the sentences that rest on nothing."""
    found = {question.id: evidence(question, "en") for question in bank.questions}
    claims = [one.claims for one in found.values() if one.claims]
    figures, sourced, counted, measured = (
        sum(getattr(one, name) for one in found.values())
        for name in ("figures", "sourced", "counted", "measured")
    )
    bare = figures - sourced - counted - measured
    lines = [
        f"{sum(claims)} claims cited by {len(claims)} questions; of {figures} sentences with a "
        f"figure {sourced} cite a source, {counted} tell what their code prints or an item works "
        f"out, {measured} what a claim measured, {bare} none of it"
    ]
    lines += [f"  {key}: {told} …" for key, one in found.items() for told in one.bare]
    return "\n".join(lines)


def _sentences(answer: str) -> Iterator[tuple[str, bool]]:
    """Yield each sentence, and whether it or the next one of its paragraph cites a source."""
    for paragraph in PARAGRAPH.split(CITATION.sub(CITED, answer)):
        parts = [part for part in SENTENCE.split(paragraph) if part and part.strip()]
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            yield part.replace(CITED, "").strip(), CITED in part + following


def _counted(question: Question) -> list[float]:
    """Return the numbers that the question's code prints and those that its items ask for."""
    printed = NUMBER.findall(question.snippet.expected) if question.snippet else []
    asked = [item.facts.get("answer") for item in question.items if item.form == "number"]
    return [
        *(float(one.replace(",", "")) for one in printed),
        *(float(one) for one in asked if isinstance(one, int | float)),
    ]


def _measured(question: Question) -> list[float]:
    """Return the effects of the question's claims, those of their controls, and every seed."""
    made = [one for name in question.claims if name in CLAIMS and (one := record(name)) is not None]
    values = [value for one in made for value in (one.effect.mean, *one.values)]
    controls = [(one.control, one.control_effect) for one in made]
    for control, effect in controls:
        if control is not None and effect is not None:
            values += [effect.mean, *control.values]
    return [value for value in values if math.isfinite(value)]


def _tells(numbers: list[float], figure: str) -> bool:
    """Return whether a number rounds to the figure, as it is or as a percentage.

    Of a figure like 1e-10 the order of magnitude has to be right.
    """
    told = float(figure.replace(",", ""))
    if "e" in figure:
        return any(one > 0 and abs(math.log10(one / told)) < 0.5 for one in numbers)
    digits = len(figure.partition(".")[2])
    return any(round(one * scale, digits) == told for one in numbers for scale in (1, 100))


def _figures(sentence: str) -> list[str]:
    plain = SETTINGS.sub(" ", UNSPOKEN.sub(" x ", sentence))
    tiny, plain = TINY.findall(plain), NAMES.sub(" ", TINY.sub(" ", plain))
    return [*tiny, *FIGURES.findall(plain), *SMALL.findall(plain)]
