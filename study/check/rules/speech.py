"""Check what is said aloud: its duration, its count of numbers, and the length of sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from study.bank.citations import without_citations
from study.bank.question import LANGUAGES, Bank, Problem, Question
from study.check.folder import Folder

SECONDS = {"short": 30, "answer": 120}
NUMBERS = {"short": 3, "answer": 5}
A_MINUTE = {"en": 150, "zh": 260}  # words, characters
LEEWAY = 1.05
SENTENCE = {"en": 32, "zh": 60}  # words, characters: a longer sentence should be two
FIGURES = re.compile(r"\d*[.,]?\d{2,}(?:[.,]\d+)*|\d+[.,]\d+")  # a single digit is a small count
UNSPOKEN = re.compile(r"\$[^$]*\$|`[^`]*`|\*\*")
# Names and shapes have digits but are not figures: ResNet-50, 3×3, top-1, 56 layers, stage 2, 2015.
NAMES = re.compile(
    r"[A-Za-z]+[-‑]?\d+(?:[-‑]\d+)*(?:\.\d+)?[a-zA-Z]*|\d+\s*[×x]\s*\d+|\d+-(?:layer|way|bit)\w*"
    r"|\b(?:19|20)\d\d\b|\d+\s*(?:层|位|年|个块|blocks?|layers?|bits?|bit)"
    r"|(?:stages?|step|steps|epoch|阶段|第)\s*\d+|\d+D\b"
)
WORDS = {
    "en": (
        "comes to", "puts out", "behind the", "else one", "is wanted", "belongs into",
        "no property of", "goes to the cause", "stands for", "lies in the", "as well as one",
    ),
    "zh": ("进行训练", "对于……来说", "被用来", "练得动", "普通网，", "残差网，"),
}  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """Hold the measures of one length of an answer in one language.

    `seconds` is the time to say it. `numbers` counts each figure once. `longest_sentence` is in
    words of English, or in characters of Chinese.
    """

    seconds: float
    numbers: int
    longest_sentence: int

    def to_json(self) -> dict[str, float]:
        return {**vars(self), "seconds": round(self.seconds, 1)}


def spoken(text: str, language: str) -> Spoken:
    """Measure a text as it is said aloud: without citations, and with formulas as one word each."""
    plain = UNSPOKEN.sub(" x ", without_citations(text))
    return Spoken(
        60 * size(plain, language) / A_MINUTE[language],
        len(set(FIGURES.findall(NAMES.sub(" ", plain)))),
        max((size(one, language) for one in sentences(plain)), default=0),
    )


def size(text: str, language: str) -> int:
    """Return the words of an English text, or the characters and foreign words of a Chinese one."""
    if language == "en":
        return len(re.findall(r"[A-Za-z0-9][\w.,%'’×/-]*", text))
    return len(re.findall(r"[\u3400-\u9fff]|[A-Za-z0-9][\w.,%×/-]*", text))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. A list entry and a line of code end a sentence."""
    return [part for part in re.split(r"(?<=[.!?])\s+|[。！？；]|\n", text) if part.strip()]


def table(question: Question) -> dict[str, dict[str, dict[str, float]]]:
    """Return the measures of a question by language and length, for the JSON of the linter."""
    return {
        language: {
            length: spoken(getattr(question.prose[language], length), language).to_json()
            for length in SECONDS
        }
        for language in LANGUAGES
    }


def summary(questions: Sequence[Question]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the median and the maximum of each measure over the bank, by language and length."""
    tables = [table(question) for question in questions]
    return {
        language: {
            length: {
                f"{name}_{which}": reduced([one[language][length][name] for one in tables])
                for name in ("seconds", "numbers", "longest_sentence")
                for which, reduced in (("median", median), ("most", max))
            }
            for length in SECONDS
        }
        for language in LANGUAGES
        if tables
    }


def rules(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Yield what takes too long, has too many numbers, or uses words that nobody says aloud."""
    for language in LANGUAGES:
        for length in SECONDS:
            yield from _length(folder, language, length)
        yield from _words(folder, language)


def _length(folder: Folder, language: str, length: str) -> Iterator[Problem]:
    text = getattr(folder.question.prose[language], length)
    found, line = spoken(text, language), _line(folder, language, f"## {length}")
    if found.seconds > SECONDS[length] * LEEWAY:
        message = f"{length} takes {found.seconds:.0f} s aloud; {SECONDS[length]} s are there"
        yield folder.in_prose(language, line, message, "speech")
    if found.numbers > NUMBERS[length]:
        message = f"{length} has {found.numbers} numbers, at most {NUMBERS[length]}: use the board"
        yield folder.in_prose(language, line, message, "speech")
    if found.longest_sentence > SENTENCE[language]:
        message = f"{length} has a sentence of {found.longest_sentence}; split it"
        yield folder.in_prose(language, line, message, "speech")


def _words(folder: Folder, language: str) -> Iterator[Problem]:
    text = folder.texts[language].lower()
    for word in WORDS[language]:
        if found := re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text):
            line = text.count("\n", 0, found.start()) + 1
            yield folder.in_prose(language, line, f"nobody says {word!r}; reword it", "speech")


def _line(folder: Folder, language: str, heading: str) -> int:
    text = folder.texts[language]
    return text.count("\n", 0, text.index(heading)) + 1 if heading in text else 1
