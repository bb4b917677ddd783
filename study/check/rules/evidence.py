"""Count the evidence for an answer: claims that can be repeated, and figures with a source.

A figure was either measured by somebody or counted. Each paragraph of the answer with a figure must
cite a source or tell what the question's own code prints, or the question must make a claim with an
experiment. Paragraphs that neither cite nor tell are listed.
"""

import re
from dataclasses import dataclass

from resnet_core.claims import CLAIMS
from study.bank.citations import CITATION, without_citations
from study.bank.question import LANGUAGES, Bank, Question
from study.check.rules.speech import FIGURES, NAMES, UNSPOKEN

PARAGRAPH = re.compile(r"\n\s*\n")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Evidence:
    """Hold the evidence for the answer of a question in one language.

    `claims` counts the claims that the question cites, `figures` the paragraphs with a figure,
    `sourced` those among them with a source, and `printed` those without one that have a figure
    which the question's code prints. `bare` holds the first words of the others.
    """

    claims: int
    figures: int
    sourced: int
    printed: int
    bare: tuple[str, ...]


def evidence(question: Question, language: str) -> Evidence:
    """Return the evidence for the answer in one language."""
    paragraphs = [part for part in PARAGRAPH.split(question.prose[language].answer) if part.strip()]
    told = [part for part in paragraphs if _figures(part)]
    unsourced = [part for part in told if not CITATION.search(part)]
    printed = question.snippet.expected if question.snippet else ""
    output = [float(one.replace(",", "")) for one in NUMBER.findall(printed)]
    bare = tuple(
        part.strip()[:60]
        for part in unsourced
        if not any(_prints(output, figure) for figure in _figures(part))
    )
    repeatable = sum(name in CLAIMS for name in question.claims)
    sourced = len(told) - len(unsourced)
    return Evidence(repeatable, len(told), sourced, len(unsourced) - len(bare), bare)


def table(question: Question) -> dict[str, dict[str, object]]:
    """Return the evidence of a question by language, for the JSON of the linter."""
    return {language: vars(evidence(question, language)) for language in LANGUAGES}


def summary(bank: Bank) -> str:
    """Return one line about the evidence of the whole bank."""
    found = [evidence(question, "en") for question in bank.questions]
    cited = sum(bool(one.claims) for one in found)
    figures, sourced = sum(one.figures for one in found), sum(one.sourced for one in found)
    printed = sum(one.printed for one in found)
    bare = sum(bool(one.bare) and not one.claims for one in found)
    return (
        f"{sum(one.claims for one in found)} claims cited by {cited} questions; {sourced} of "
        f"{figures} paragraphs with a figure cite a source, {printed} more tell what their code "
        f"prints; {bare} answers have a figure with neither and no claim"
    )


def _prints(output: list[float], figure: str) -> bool:
    """Return whether a number of the output rounds to the figure, as it is or as a percentage."""
    plain = figure.replace(",", "")
    digits = len(plain.partition(".")[2])
    return any(round(one * scale, digits) == float(plain) for one in output for scale in (1, 100))


def _figures(text: str) -> list[str]:
    plain = UNSPOKEN.sub(" x ", without_citations(text))
    return FIGURES.findall(NAMES.sub(" ", plain))
