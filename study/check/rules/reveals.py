"""Find the items whose solution shows the answer of another item.

Such a pair is marked in question.toml: `reveals = ["other"]` on the item that shows it, or `reveals
= ["question/other"]` if the other one belongs to another question. The schedule then keeps the two
apart. A candidate that gives nothing away is named in `shares`, written the same way.

A candidate is a number of three significant digits or more, or a run of words, that is part of an
item's answer and of another item's solution. Text in the other item's own prompt gives nothing
away. A solution that gives an answer away in other words is not found.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from study.bank.citations import without_citations
from study.bank.question import Bank, Item, Problem, Question
from study.practice import grading

COMMON = 5  # a figure in more solutions than this gives nothing away
DIGITS = 3  # significant digits; 10 or 0.5 are everywhere
POWERS = {str(2**n) for n in range(7, 14)}  # widths and batch sizes are everywhere
SEVERITY = "error"
WORDS = {"en": 5, "zh": 9}  # words, characters: a run of that length is a sentence
NUMBER = re.compile(r"(?<![\w.])\d(?:[\d,]*\.?\d)*(?:e-?\d+)?", re.I)
TOKENS = {
    "en": re.compile(r"[A-Za-z0-9][\w.,%'’×/-]*"),
    "zh": re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9][\w.,%×/-]*"),
}


@dataclass(frozen=True)
class Candidate:
    """Hold a pair of items and what both contain: a number or a run of words."""

    showing: Item
    shown: Item
    both: str

    @property
    def name(self) -> str:
        """Return the name that the showing item uses for the shown one."""
        return self.shown.key if self.showing.question == self.shown.question else self.shown.id


def rules(bank: Bank) -> Iterator[Problem]:
    """Yield the names that do not exist, and the candidates that nobody has judged."""
    ids = {item.id for item in bank.items}
    for item in bank.items:
        for key in ("reveals", "shares"):
            for name in item.facts.get(key, ()):
                if full_id(item, name) not in ids:
                    yield _at(bank, item, f"{key}: there is no item {name}")
                elif full_id(item, name) == item.id:
                    yield _at(bank, item, f"{key}: an item cannot name itself")
        both = set(item.facts.get("reveals", ())) & set(item.facts.get("shares", ()))
        for name in sorted(both):
            yield _at(bank, item, f"{name} stands in reveals and in shares; choose one")
    for found in candidates(bank):
        message = (
            f"its solution may show the answer of {found.name} (both have {found.both!r}); write "
            f'reveals = ["{found.name}"], or shares = ["{found.name}"] if it gives nothing away'
        )
        yield _at(bank, found.showing, message)


def candidates(bank: Bank) -> list[Candidate]:
    """Return the pairs that neither `reveals` nor `shares` names, each once."""
    items = [item for item in bank.items if item.form != "recall" and len(item.text) == 2]
    found: dict[tuple[str, str], Candidate] = {}
    for pieces in (_numbers(items, bank), _runs(items, "en"), _runs(items, "zh")):
        for piece in pieces:
            found.setdefault((piece.showing.id, piece.shown.id), piece)
    return [one for one in found.values() if not _judged(one)]


def full_id(item: Item, name: str) -> str:
    """Return the full id of an item named by its key, or by question and key."""
    return name if "/" in name else f"{item.question}/{name}"


def _judged(pair: Candidate) -> bool:
    named = (*pair.showing.facts.get("reveals", ()), *pair.showing.facts.get("shares", ()))
    return pair.shown.id in {full_id(pair.showing, name) for name in named}


def _numbers(items: list[Item], bank: Bank) -> Iterator[Candidate]:
    showing = {item.id: _figures(solution(item, "en")) for item in items}
    held = Counter(figure for figures in showing.values() for figure in figures)
    for shown in items:
        question = bank.get(shown.question)
        wanted = _figures(answer(shown, "en", question)) - _figures(asked(shown, "en"))
        wanted = {figure for figure in wanted if held[figure] <= COMMON}
        for item in items if wanted else ():
            if item.id != shown.id and (both := wanted & showing[item.id]):
                yield Candidate(item, shown, max(both, key=len))


def _runs(items: list[Item], language: str) -> Iterator[Candidate]:
    """Yield the pairs that share a run of words which no third question has."""
    where: dict[tuple[str, ...], set[str]] = {}
    by_id = {item.id: item for item in items}
    for item in items:
        for run in _pieces(solution(item, language), language):
            where.setdefault(run, set()).add(item.id)
    for shown in items:
        given = _pieces(asked(shown, language), language)
        for run in sorted(_pieces(answer(shown, language), language) - given):
            for name in sorted(where.get(run, set()) - {shown.id}):
                joined = (" " if language == "en" else "").join(run)
                yield Candidate(by_id[name], shown, joined)


def solution(item: Item, language: str) -> str:
    """Return the text after an answer: the reasons, the explanation and the right answer."""
    text = item.text[language]
    right = text.choices.get(str(item.facts.get("answer")), "")
    return without_citations(
        "\n".join([right, *text.reasons.values(), text.why, item.files.get(".txt", "")])
    )


def asked(item: Item, language: str) -> str:
    """Return the text before the answer."""
    text = item.text[language]
    wrong = [words for key, words in text.choices.items() if key != item.facts.get("answer")]
    shown = wrong if item.form != "answer" else text.choices.values()
    code = item.files.get("", "")
    return without_citations("\n".join([text.prompt, text.body, *shown, code]))


def answer(item: Item, language: str, question: Question | None = None) -> str:
    """Return the text to find: the number, the right option, the output, the refutation."""
    text, right = item.text[language], item.facts.get("answer")
    if item.form == "number":
        return str(grading.right_answer(item, question)) if question else ""
    if item.form == "output":
        return item.files.get(".txt", "")
    if item.form == "answer":
        return without_citations(text.reasons.get(str(item.facts.get("wrong")), ""))
    return without_citations(text.choices.get(str(right), ""))


def _figures(text: str) -> set[str]:
    """Return numbers with three or more significant digits, except widths and batch sizes."""
    found = (one.replace(",", "") for one in NUMBER.findall(text))
    told = {one for one in found if len(re.sub(r"\D|e.*", "", one).strip("0")) >= DIGITS}
    return told - POWERS


def _pieces(text: str, language: str) -> set[tuple[str, ...]]:
    """Return every run of WORDS words or characters within a sentence."""
    length, runs = WORDS[language], set()
    for sentence in re.split(r"(?<=[.!?])\s+|[。！？；\n]", text):
        words = [word.lower().rstrip(".,") for word in TOKENS[language].findall(sentence)]
        runs |= {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}
    return runs


def _at(bank: Bank, item: Item, message: str) -> Problem:
    """Return a problem on the line of question.toml where an item begins."""
    question = bank.get(item.question)
    assert question is not None  # every item comes from a question
    path = question.path / "question.toml"
    lines = path.read_text("utf-8").splitlines()
    heading = f"[items.{item.key}]"
    line = next((n for n, text in enumerate(lines, 1) if text.strip() == heading), 1)
    return Problem(path, line, "reveals", f"{item.key}: {message}", SEVERITY)
