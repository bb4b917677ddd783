"""Finds questions by words in either language, typos forgiven."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from study.bank.question import Bank, Question

WEIGHTS = (("title", 3.0), ("ask", 2.0), ("points", 1.5), ("body", 1.0))
PAIRS = 0.6
CLOSE = 84  # of 100: one wrong letter in a word of six
WORD = re.compile(r"[a-z0-9+-]{2,}|[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Entry:
    question: Question
    fields: dict[str, str]
    words: dict[str, frozenset[str]]


def index(bank: Bank) -> tuple[Entry, ...]:
    """Made once for a bank; both languages together."""
    return tuple(_entry(question) for question in bank.questions)


def search(entries: tuple[Entry, ...], query: str) -> list[Question]:
    """Best first; every word of the query must be found somewhere. All for an empty query."""
    wanted = WORD.findall(query.lower())
    if not wanted:
        return [entry.question for entry in entries] if not query.strip() else []
    scored = [(_score(entry, wanted), entry.question) for entry in entries]
    found = [(score, question) for score, question in scored if score > 0]
    return [question for _, question in sorted(found, key=lambda pair: -pair[0])]


def _score(entry: Entry, wanted: list[str]) -> float:
    total = 0.0
    for word in wanted:
        best = max(weight * _match(entry, name, word) for name, weight in WEIGHTS)
        if best == 0:
            return 0.0
        total += best
    return total


def _match(entry: Entry, name: str, word: str) -> float:
    """1 for the word itself, less for one like it, 0 for neither."""
    if word in entry.fields[name]:
        return 1.0
    if not word.isascii():
        return 0.8 * _pairs(word, entry.fields[name])
    if len(word) < 4:
        return 0.0
    close = process.extractOne(word, entry.words[name], scorer=fuzz.ratio, score_cutoff=CLOSE)
    return close[1] / 100 * 0.8 if close else 0.0


def _pairs(word: str, text: str) -> float:
    """The share of a Chinese word's neighbouring pairs that the text has; 0 for too few. One wrong
    character of four leaves two pairs of three."""
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    if len(pairs) < 2:
        return 0.0
    share = sum(pair in text for pair in pairs) / len(pairs)
    return share if share >= PAIRS else 0.0


def _entry(question: Question) -> Entry:
    proses = question.prose.values()
    texts = {
        "title": " ".join([*question.title.values(), question.id, *question.tags, question.topic]),
        "ask": " ".join(prose.ask for prose in proses),
        "points": " ".join(text for prose in proses for text in prose.points.values()),
        "body": " ".join(" ".join([prose.short, prose.answer, prose.board]) for prose in proses),
    }
    fields = {name: text.lower() for name, text in texts.items()}
    words = {name: frozenset(WORD.findall(text)) for name, text in fields.items()}
    return Entry(question, fields, words)
