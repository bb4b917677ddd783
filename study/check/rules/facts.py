"""Keep each figure that several answers use in one place, `questions/facts.toml`.

A fact has a value and, for each language, `words`: a line speaks of the fact if all of these
patterns match it. Four things are checked:

* a line that speaks of a fact and holds a number close to its value has to hold the value;
* `questions` names those whose text uses the fact, and each of them does in both languages;
* the words find the value in each language, so that a change there would be seen;
* a figure that two questions take from one source, or a long count in two questions, is a fact.

A number equals the value in any spelling (25,557,032, 25.6 M, 2,556 万), as long as it is rounded
correctly. A wrong figure far from the value, or in a line without the words, is not found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from study.bank.citations import CITATION, without_citations
from study.bank.citations import cited as cited_in
from study.bank.question import LANGUAGES, Bank, Problem, Question, Source
from study.practice.spelling import readings

KEYS = ("name", "value", "unit", "setting", "questions", "words")
KNOWN = {*KEYS, "source", "counted", "other"}
CLOSE = 0.07  # a number this close to the value may be a slip; one further away is another figure
DIGITS = 3  # significant digits, as they are typed
LONG = 200_000  # counts this large are facts if two questions have them
NUMBER = re.compile(
    r"(?<![\w.^{])\d(?:[\d,]*\.?\d)*(?:e-?\d+)?(?:\s?(?:百万|[万亿]|million|billion|[kMG])(?![A-Za-z]))?",
)


@dataclass(frozen=True)
class Figure:
    """Hold a number as it is typed and its possible values, each with half of its last digit."""

    typed: str
    meanings: tuple[tuple[float, float], ...]

    @staticmethod
    @cache
    def of(typed: str) -> "Figure":
        """Return the figure of a typed number with all its readings."""
        return Figure(typed, tuple((one.value, one.half) for one in readings(typed)))

    @cached_property
    def digits(self) -> int:
        """Return the number of significant digits as typed."""
        return len(re.sub(r"e.*|\D", "", self.typed).lstrip("0"))

    def is_(self, value: float) -> bool:
        """Return whether the figure is a value, rounded to the digits typed."""
        return any(abs(own - value) <= half * (1 + 1e-9) for own, half in self.meanings)

    def near(self, value: float) -> bool:
        """Return whether the figure is so close to a value that it may be a slip."""
        return any(abs(own - value) <= CLOSE * abs(value) for own, _ in self.meanings)


@dataclass(frozen=True)
class Line:
    """Hold a line of a question's text as written, its figures and the sources it cites."""

    question: Question
    language: str
    number: int
    text: str
    figures: tuple[Figure, ...]
    cited: frozenset[str]

    @property
    def path(self) -> Path:
        return self.question.path / f"{self.language}.md"


@dataclass(frozen=True, eq=False)
class Fact:
    """Hold one figure. `other` are further values that may correctly appear with the same words."""

    key: str
    value: float
    questions: tuple[str, ...]
    words: dict[str, tuple[re.Pattern[str], ...]]
    other: tuple[float, ...] = field(default=())

    def spoken_of(self, line: Line) -> bool:
        """Return whether a line matches every pattern of its language."""
        return all(pattern.search(line.text) for pattern in self.words[line.language])


def rules(bank: Bank, root: Path) -> Iterator[Problem]:
    """Yield what is wrong in facts.toml, and the lines of the bank that differ from it."""
    path, facts = root / "facts.toml", []
    for key, table in bank.facts.items():
        faults = list(_faults(key, table, bank))
        yield from (Problem(path, _place(path, key), "facts", fault) for fault in faults)
        if not faults:
            facts.append(_fact(key, table))
    lines = [line for question in bank.questions for line in lines_of(question)]
    index = Index(facts, lines)
    for line in lines:
        yield from _differing(line, index)
    for fact in facts:
        for fault in _uses(fact, lines, index):
            yield Problem(path, _place(path, fact.key), "facts", f"{fact.key}: {fault}")
    yield from _unlisted(lines, index)


def lines_of(question: Question) -> Iterator[Line]:
    """Yield the lines of a question in both languages that hold a figure."""
    for language in LANGUAGES:
        text = (question.path / f"{language}.md").read_text("utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            cited = frozenset(
                key for found in CITATION.finditer(line) for key, _ in cited_in(found)
            )
            plain = re.sub(r"https?://\S+", "", without_citations(line))
            figures = tuple(Figure.of(found[0]) for found in NUMBER.finditer(plain))
            if figures:
                yield Line(question, language, number, line, figures, cited)


def _faults(key: str, table: dict, bank: Bank) -> Iterator[str]:
    """Yield what is wrong with one table of facts.toml."""
    if missing := [name for name in KEYS if name not in table]:
        yield f"{key}: {', '.join(missing)} missing"
        return
    if unknown := sorted(table.keys() - KNOWN):
        yield f"{key}: unknown key {', '.join(unknown)}"
    for language in LANGUAGES:
        if not table["words"].get(language):
            yield f"{key}: words needs patterns in {language}"
    for name in table["questions"]:
        if bank.get(name) is None:
            yield f"{key}: there is no question {name}"
    yield from (f"{key}: {fault}" for fault in _origin(table, bank.sources, bank))


def _origin(table: dict, sources: dict[str, Source], bank: Bank) -> Iterator[str]:
    """Check that a figure is cited with its place, or printed by the code that counts it."""
    if ("source" in table) == ("counted" in table):
        yield 'write source = "key place", or counted = "question" if its code prints it'
    elif "source" in table:
        name, _, place = str(table["source"]).partition(" ")
        if name not in sources or not place:
            yield f"the source {table['source']} needs a key of sources.toml and a place"
    else:
        question = bank.get(str(table["counted"]))
        figures = (Figure.of(found[0]) for found in NUMBER.finditer(_printed(question)))
        if not any(figure.is_(float(table["value"])) for figure in figures):
            yield f"no code of {table['counted']} prints {table['value']}"


def _printed(question: Question | None) -> str:
    """Return the recorded outputs of a question's snippet, items and bugs."""
    if question is None:
        return ""
    told = [question.snippet.expected] if question.snippet else []
    told += [item.files.get(".txt", "") for item in question.items]
    return "\n".join([*told, *(str(item.facts.get("symptom", "")) for item in question.items)])


def _fact(key: str, table: dict) -> Fact:
    words = {
        language: tuple(re.compile(one) for one in table["words"][language])
        for language in LANGUAGES
    }
    other = tuple(float(one) for one in table.get("other", ()))
    return Fact(key, float(table["value"]), tuple(table["questions"]), words, other)


def _differing(line: Line, index: "Index") -> Iterator[Problem]:
    """Yield the numbers of a line that are close to a fact of the line and differ from it."""
    held = {fact for figure in line.figures for fact in index.same[figure]}
    for figure in line.figures:
        for fact in index.close[figure] if figure.digits >= DIGITS else ():
            if fact not in held and fact.spoken_of(line):
                message = (
                    f"{figure.typed} differs from the fact {fact.key} ({fact.value:,.10g}); "
                    "correct one of them, or add the number to `other` of the fact"
                )
                yield Problem(line.path, line.number, "facts", message)


def _uses(fact: Fact, lines: list[Line], index: "Index") -> Iterator[str]:
    """Check `questions` against the bank, and that the words find the value in each language."""
    telling = min(DIGITS, len(f"{fact.value:.10g}".replace(".", "")))
    typed = {f for f, facts in index.same.items() if fact in facts and f.digits >= telling}
    using = [lines[place] for place in sorted({at for f in typed for at in index.places[f]})]
    spoken = [line for line in using if fact.spoken_of(line)]
    for language in LANGUAGES:
        have = {line.question.id for line in using if line.language == language}
        for name in fact.questions:
            if name not in have:
                yield f"{name} does not have {fact.value:,.10g} in {language}"
        if not any(line.language == language for line in spoken):
            yield f"its words find the value nowhere in {language}"
    for name in sorted({line.question.id for line in spoken} - set(fact.questions)):
        yield f"{name} uses it; add it to questions"


def _unlisted(lines: list[Line], index: "Index") -> Iterator[Problem]:
    """Yield once each figure that two questions share and that is not a fact yet."""
    users: dict[tuple[Figure, str], dict[str, Line]] = {}
    for line in (line for line in lines if line.language == "en"):
        for figure in (one for one in line.figures if one not in index.known):
            plain = figure.typed.replace(",", "")
            count = plain.isdigit() and int(plain) >= LONG
            cited = line.cited if "." in plain and figure.digits >= DIGITS else ()
            for origin in ("count",) if count else cited:
                users.setdefault((figure, origin), {}).setdefault(line.question.id, line)
    told = set()
    for (figure, _), where in users.items():
        if len(where) > 1 and figure not in told:
            told.add(figure)
            first = next(iter(where.values()))
            message = f"{figure.typed} stands in {', '.join(where)}; give it a place in facts.toml"
            yield Problem(first.path, first.number, "facts", message)


class Index:
    """Hold for each figure of the bank where it stands, what facts it equals and is close to.

    A figure is only close to a fact if facts.toml does not list it as another value. Figures
    repeat, so each is compared once. `places` are indexes of `lines`.
    """

    def __init__(self, facts: list[Fact], lines: list[Line]) -> None:
        self.places: dict[Figure, list[int]] = {}
        for place, line in enumerate(lines):
            for figure in line.figures:
                self.places.setdefault(figure, []).append(place)
        figures = self.places.keys()
        values = [value for fact in facts for value in (fact.value, *fact.other)]
        self.same = {f: [fact for fact in facts if f.is_(fact.value)] for f in figures}
        self.known = {figure for figure in figures if any(map(figure.is_, values))}
        self.close = {
            f: [] if f in self.known else [fact for fact in facts if f.near(fact.value)]
            for f in figures
        }


def _place(path: Path, key: str) -> int:
    """Return the line on which a fact begins."""
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip() == f"[{key}]"), 1)
