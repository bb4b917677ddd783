"""Define a question: typed, frozen, and with the same facts in both languages."""

from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("zh", "en")
FORMS = ("recall", "choice", "number", "output", "bug", "answer", "order", "code", "chart")
SECTIONS = ("ask", "short", "answer", "board", "points", "trap", "claims", "follow", "items")


@dataclass(frozen=True)
class FollowUp:
    """Hold what the interviewer asks next, its answer, and what comes after that."""

    key: str
    ask: str
    answer: str
    then: tuple["FollowUp", ...] = ()


@dataclass(frozen=True)
class ItemText:
    """Hold the prose of an item in one language.

    `choices` are options, sentences or steps by key, in the order written. `reasons` gives for some
    keys why they are right or wrong. `why` is shown after any answer.
    """

    prompt: str
    body: str
    choices: dict[str, str]
    reasons: dict[str, str]
    why: str


@dataclass(frozen=True)
class Item:
    """Hold one thing to answer: `facts` from question.toml, `files` with the text of its files.

    `version` changes with anything that affects the answer, and is stored with every review.
    """

    id: str
    key: str
    question: str
    form: str
    level: int
    points: tuple[str, ...]
    facts: dict
    files: dict[str, str]
    text: dict[str, ItemText]
    version: str


@dataclass(frozen=True)
class Prose:
    """Hold one language of a question: Markdown by section, and keyed parts by their key."""

    title: str
    ask: str
    short: str
    answer: str
    board: str
    points: dict[str, str]
    trap: dict[str, str]
    claims: dict[str, str]
    follow: tuple[FollowUp, ...]


@dataclass(frozen=True)
class Snippet:
    """Hold the code behind an answer and its recorded output.

    `seconds` is the time limit. `compare` is "exact" or "numbers"; numbers may differ by
    `tolerance`.
    """

    code: str
    expected: str
    seconds: float
    compare: str = "exact"
    tolerance: float = 0.0


@dataclass(frozen=True)
class Question:
    """Hold a question with its facts, its snippet, its items, and its prose by language."""

    id: str
    topic: str
    path: Path
    title: dict[str, str]
    level: int
    tags: tuple[str, ...]
    seed: tuple[int, ...]
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    lab: str
    after: tuple[str, ...]
    points: dict[str, int]
    snippet: Snippet | None
    items: tuple[Item, ...]
    prose: dict[str, Prose]
    allow: tuple[str, ...] = ()

    @property
    def musts(self) -> tuple[str, ...]:
        """Return the key points of weight 2, which an answer must have."""
        return tuple(key for key, weight in self.points.items() if weight == 2)


@dataclass(frozen=True)
class Source:
    """Hold a paper or a page that the bank cites by its key."""

    key: str
    authors: str
    title: str
    year: int
    url: str


@dataclass(frozen=True)
class Problem:
    """Report a fault of the bank with its place, its rule, and what to do."""

    path: Path
    line: int
    rule: str
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} [{self.rule}]"


@dataclass(frozen=True)
class Bank:
    """Hold everything in `questions/` that can be used, and the problems of the rest."""

    questions: tuple[Question, ...] = ()
    topics: dict[str, dict[str, str]] = field(default_factory=dict)
    glossary: dict[str, dict] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    misconceptions: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    synonyms: dict[str, object] = field(default_factory=dict)
    paths: dict[str, dict] = field(default_factory=dict)
    facts: dict[str, dict] = field(default_factory=dict)

    def get(self, question_id: str) -> Question | None:
        """Return the question of an id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def item(self, item_id: str) -> Item | None:
        """Return the item of an id, or None."""
        return next((i for q in self.questions for i in q.items if i.id == item_id), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items of all questions."""
        return tuple(item for question in self.questions for item in question.items)

    @property
    def snippet_texts(self) -> frozenset[str]:
        """Return the code that ships. It is recognised by its content and may run anywhere."""
        return frozenset(q.snippet.code for q in self.questions if q.snippet)
