"""Grades an answer: by what was chosen, computed or ticked; a score, and why. Pure functions."""

import math
import re
import unicodedata
from dataclasses import dataclass

from study.question import Item, Question

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
PASS = 0.7
ASKABLE = ("recall", "choice", "number", "output", "bug", "answer", "order")
NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)


@dataclass(frozen=True)
class Grade:
    """`score` 0 to 1; `rating` is FSRS' Again, Hard, Good or Easy; `graded_by` exact or points."""

    score: float
    correct: bool
    rating: int
    graded_by: str


def askable(item: Item) -> bool:
    """Whether the quiz has a form for it."""
    return item.form in ASKABLE


def choices(item: Item) -> list[str]:
    """Keys to choose from, in the order they were written."""
    facts = item.facts
    return list(facts.get("options") or facts.get("sentences") or facts.get("steps") or ())


def right_answer(item: Item, question: Question) -> object:
    """What `grade` takes as wholly right."""
    if item.form == "recall":
        return list(item.points or question.points)
    if item.form == "answer":
        return item.facts["wrong"]
    if item.form == "order":
        return list(item.facts.get("lines") or item.facts["steps"])
    if item.form == "output":
        return item.files.get(".txt", "")
    return item.facts["answer"]


def grade(item: Item, question: Question, answer: object) -> Grade:
    """`answer`: a key, a number's text, an ordered list, or the key points that were said."""
    if item.form == "recall":
        return _by_points(item, question, set(answer))
    if item.form == "number":
        return _exact(_number_is_right(item, str(answer)))
    if item.form == "output":
        return _exact(same_output(item, str(answer)))
    if item.form == "order":
        return _by_order(right_answer(item, question), list(answer))
    return _exact(answer == right_answer(item, question))


def parse_number(text: str) -> float | None:
    """The one number in a text: full-width digits, 1,234, 1e-3, a unit behind it, or 万 and 亿."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    found = NUMBER.findall(plain)
    if len(found) != 1:
        return None
    value = float(found[0].replace(",", ""))
    for unit, factor in (("万", 1e4), ("亿", 1e8)):
        if plain.endswith(unit):
            value *= factor
    return value if math.isfinite(value) else None


def same_output(item: Item, answer: str) -> bool:
    """Line by line without trailing space; numbers within the item's tolerance if it says so."""
    wanted = [line.rstrip() for line in item.files.get(".txt", "").strip().splitlines()]
    given = [line.rstrip() for line in answer.strip().splitlines()]
    if wanted == given:
        return True
    if item.facts.get("compare") != "numbers":
        return False
    ours, theirs = NUMBER.findall("\n".join(wanted)), NUMBER.findall("\n".join(given))
    tolerance = float(item.facts.get("tolerance", 0))
    return len(ours) == len(theirs) and all(
        math.isclose(float(a.replace(",", "")), float(b.replace(",", "")), rel_tol=tolerance)
        for a, b in zip(ours, theirs, strict=True)
    )


def _number_is_right(item: Item, text: str) -> bool:
    value = parse_number(text)
    return value is not None and abs(value - item.facts["answer"]) <= float(
        item.facts.get("tolerance", 0)
    ) + 1e-9 * abs(item.facts["answer"])


def _by_points(item: Item, question: Question, said: set[str]) -> Grade:
    """Musts weigh 2. Passed with every must, or with PASS of the weight."""
    weights = {key: question.points[key] for key in item.points or question.points}
    score = sum(w for key, w in weights.items() if key in said) / sum(weights.values())
    musts_said = all(key in said for key, weight in weights.items() if weight == 2)
    passed = score >= PASS or (musts_said and score > 0)
    rating = AGAIN if not passed else HARD if score < PASS else GOOD if score < 1 else EASY
    return Grade(score, passed, rating, "points")


def _by_order(wanted: list, given: list) -> Grade:
    """Score: share of neighbouring pairs that stand in the right order."""
    if wanted == given:
        return _exact(True)
    places = {line: place for place, line in enumerate(given)}
    pairs = list(zip(wanted, wanted[1:], strict=False))
    kept = sum(places.get(a, -1) < places.get(b, -1) for a, b in pairs)
    return Grade(kept / max(1, len(pairs)), False, AGAIN, "exact")


def _exact(correct: bool) -> Grade:
    return Grade(float(correct), correct, GOOD if correct else AGAIN, "exact")
