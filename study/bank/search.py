"""Find questions by an interviewer's words in either language, despite typing errors.

A title counts more than the body. Short words match only whole words, so that SE finds squeeze-and-
excitation and not every question. Words of `synonyms.toml` find each other. A rare word of the
query counts more than one that occurs in half of the bank.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from study.bank.question import Bank, Question

WEIGHTS = (("title", 4.0), ("tags", 3.0), ("ask", 2.0), ("points", 1.5), ("body", 1.0))
SHORT = 3  # words of up to this many letters must match whole
CLOSE = 84  # of 100: allows one wrong letter in a word of six
SYNONYM = 0.9
HINT = 0.1  # weight of a word like "why" in the title
PAIRS = 0.6  # share of a Chinese phrase's neighbouring pairs that a text must have
ENOUGH = 0.5  # share of the query's weight that a question must match
WORD = re.compile(r"[a-z0-9][a-z0-9.+-]*|[\u3400-\u9fff]+")
CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Synonyms:
    """Hold groups of words that mean the same, and words that do not narrow a search."""

    groups: tuple[frozenset[str], ...] = ()
    ignore: frozenset[str] = frozenset()

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "Synonyms":
        """Return the synonyms of `questions/synonyms.toml`."""
        groups, ignore = told.get("groups", []), told.get("ignore", [])
        if not isinstance(groups, list) or not isinstance(ignore, list):
            return cls()
        return cls(
            tuple(frozenset(normal(str(word)) for word in group) for group in groups),
            frozenset(normal(str(word)) for word in ignore),
        )


@dataclass(frozen=True)
class Entry:
    """Hold a question's normalised texts by field, and the words of each."""

    question: Question
    fields: dict[str, str]
    words: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Index:
    """Hold the searchable texts of a bank, made once for both languages together."""

    entries: tuple[Entry, ...]
    synonyms: Synonyms


def index(bank: Bank) -> Index:
    """Return the search index of a bank."""
    return Index(tuple(_entry(q, bank) for q in bank.questions), Synonyms.of(bank.synonyms))


def search(found_in: Index, query: str) -> list[Question]:
    """Return the questions that match a query, best first; all of them for an empty query."""
    if not query.strip():
        return [entry.question for entry in found_in.entries]
    terms = _terms(normal(query), found_in.synonyms)
    if not terms:
        return []
    matches = [[_best(entry, alternatives) for entry in found_in.entries] for alternatives in terms]
    rarity = [_rarity(row) if any(row) else 0.0 for row in matches]  # 0 for no match
    asides = [word for word in found_in.synonyms.ignore if _contains(normal(query), word)]
    scored = []
    for place, entry in enumerate(found_in.entries):
        matched = sum(r for r, row in zip(rarity, matches, strict=True) if row[place])
        score = sum(r * row[place] for r, row in zip(rarity, matches, strict=True))
        score += HINT * sum(word in entry.fields["title"] for word in asides)
        if matched and matched >= ENOUGH * sum(rarity):
            scored.append((score, entry.question))
    return [question for _, question in sorted(scored, key=lambda pair: (-pair[0], pair[1].level))]


def normal(text: str) -> str:
    """Return a text in the form that is compared: one width, one case, × as x, one hyphen."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded.replace("×", "x").replace("‑", "-").replace("–", "-")


def _terms(query: str, synonyms: Synonyms) -> list[dict[str, float]]:
    """Return for each part of the query its alternatives, each with the quality of its match.

    A phrase of the synonyms is one part, and the longest comes first. The rest is split into words.
    """
    parts: list[dict[str, float]] = []
    phrases = sorted((word for group in synonyms.groups for word in group), key=len, reverse=True)
    for phrase in phrases:
        if _contains(query, phrase):
            query = query.replace(phrase, " ")
            group = next(group for group in synonyms.groups if phrase in group)
            parts.append({word: 1.0 if word == phrase else SYNONYM for word in group})
    for ignored in sorted(filter(CHINESE.search, synonyms.ignore), key=len, reverse=True):
        query = query.replace(ignored, " ")
    rest = [word for word in WORD.findall(query) if word not in synonyms.ignore]
    return [*parts, *({word: 1.0} for word in rest)]


def _contains(text: str, phrase: str) -> bool:
    """Return whether a text has a phrase. A phrase in letters matches whole words only."""
    if CHINESE.search(phrase):
        return phrase in text
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", text) is not None


def _best(entry: Entry, alternatives: dict[str, float]) -> float:
    return max(
        good * weight * _match(entry, name, word)
        for word, good in alternatives.items()
        for name, weight in WEIGHTS
    )


def _match(entry: Entry, name: str, word: str) -> float:
    """Return 1 for the word itself, less for a similar one, and 0 if there is neither."""
    text, words = entry.fields[name], entry.words[name]
    if CHINESE.search(word):
        return 1.0 if word in text else 0.8 * _pairs(word, text)
    if word in words or (" " in word and _contains(text, word)):
        return 1.0
    if len(word) <= SHORT:
        return 0.0
    if any(other.startswith(word) for other in words):
        return 0.9
    close = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return close[1] / 100 * 0.8 if close else 0.0


def _pairs(word: str, text: str) -> float:
    """Return the share of a Chinese word's adjacent pairs that the text has, or 0 for too few.

    One wrong character of four leaves two pairs of three.
    """
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    if len(pairs) < 2:
        return 0.0
    share = sum(pair in text for pair in pairs) / len(pairs)
    return share if share >= PAIRS else 0.0


def _rarity(row: Sequence[float]) -> float:
    """Return the weight of a part of the query, which is higher if fewer questions have it."""
    having = sum(value > 0 for value in row)
    return math.log(1 + len(row) / (having + 0.5))


def _entry(question: Question, bank: Bank) -> Entry:
    proses = question.prose.values()
    texts = {
        "title": " ".join([*question.title.values(), question.id]),
        "tags": " ".join([*question.tags, *bank.topics.get(question.topic, {}).values()]),
        "ask": " ".join(prose.ask for prose in proses),
        "points": " ".join(text for prose in proses for text in prose.points.values()),
        "body": " ".join(" ".join([prose.short, prose.answer, prose.board]) for prose in proses),
    }
    fields = {name: normal(text) for name, text in texts.items()}
    words = {name: _words(text) for name, text in fields.items()}
    return Entry(question, fields, words)


def _words(text: str) -> frozenset[str]:
    """Return the words of a text; a word with a hyphen also counts as its parts."""
    found = [word.rstrip(".-") for word in WORD.findall(text)]
    return frozenset(found) | {part for word in found for part in word.split("-") if part}
