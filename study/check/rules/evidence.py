"""Count the evidence for an answer: claims that can be repeated, and figures with a source.

A figure was either measured by somebody or counted. Each paragraph of the answer with a figure must
cite a source, or the question must make a claim with an experiment; the others are listed.
"""

import re
from dataclasses import dataclass

from resnet_core.claims import CLAIMS
from study.bank.citations import CITATION, without_citations
from study.bank.question import LANGUAGES, Bank, Question
from study.check.rules.speech import FIGURES, NAMES, UNSPOKEN

PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Evidence:
    """Hold the evidence for the answer of a question in one language.

    `claims` counts the claims that the question cites, `figures` the paragraphs with a figure, and
    `sourced` those among them with a source. `bare` holds the first words of the paragraphs without
    one.
    """

    claims: int
    figures: int
    sourced: int
    bare: tuple[str, ...]


def evidence(question: Question, language: str) -> Evidence:
    """Return the evidence for the answer in one language."""
    paragraphs = [part for part in PARAGRAPH.split(question.prose[language].answer) if part.strip()]
    told = [part for part in paragraphs if _figures(part)]
    bare = tuple(part.strip()[:60] for part in told if not CITATION.search(part))
    repeatable = sum(name in CLAIMS for name in question.claims)
    return Evidence(repeatable, len(told), len(told) - len(bare), bare)


def table(question: Question) -> dict[str, dict[str, object]]:
    """Return the evidence of a question by language, for the JSON of the linter."""
    return {language: vars(evidence(question, language)) for language in LANGUAGES}


def summary(bank: Bank) -> str:
    """Return one line about the evidence of the whole bank."""
    found = [evidence(question, "en") for question in bank.questions]
    cited = sum(bool(one.claims) for one in found)
    figures, sourced = sum(one.figures for one in found), sum(one.sourced for one in found)
    bare = sum(bool(one.bare) and not one.claims for one in found)
    return (
        f"{sum(one.claims for one in found)} claims cited by {cited} questions; {sourced} of "
        f"{figures} paragraphs with a figure cite a source; {bare} answers have neither somewhere"
    )


def _figures(text: str) -> list[str]:
    plain = UNSPOKEN.sub(" x ", without_citations(text))
    return FIGURES.findall(NAMES.sub(" ", plain))
