"""Grades an answer: by what was chosen, computed or ticked; a score, and why. Pure functions."""

import math
import re
import unicodedata
from dataclasses import dataclass

from study.bank.question import Item, Question

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
PASS = 0.7
NUMBER = re.compile(
    r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I
)
POWER = re.compile(r"(?<=\d)\s*[×x*·]\s*10\s*(?:\^|\*\*)\s*([-+]?\d+)(?![\d.,])", re.I)
SPACED = re.compile(r"(?<=\d)[ _'\u2009\u202f](?=\d{3}(?!\d))")
DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:0,\d+|\d+,(?!\d{3}(?!\d))\d+)(?![\d.,])")
RAISED = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # 10⁹ would else become 109
FACTORS = (("万", 1e4), ("亿", 1e8))
LETTERS = (("k", 1e3), ("m", 1e6), ("g", 1e9))


@dataclass(frozen=True)
class Grade:
    """`score` 0 to 1; `rating` is FSRS' Again, Hard, Good or Easy; `graded_by` exact, points (that
    were ticked) or tests (that ran).
    """

    score: float
    correct: bool
    rating: int
    graded_by: str


def choices(item: Item) -> list[str]:
    """Keys to choose from, in the order they were written."""
    facts = item.facts
    return list(facts.get("options") or facts.get("sentences") or facts.get("steps") or ())


def bug_lines(item: Item) -> list[int]:
    """Lines, counted from 1, that count as the place of the bug."""
    lines = item.facts["line"]
    return list(lines) if isinstance(lines, list) else [lines]


def right_answer(item: Item, question: Question | None) -> object:
    """What `grade` takes as wholly right."""
    if item.form == "recall":
        return list(item.points or question.points)
    if item.form == "answer":
        return item.facts["wrong"]
    if item.form == "bug":
        return {"line": bug_lines(item), "fix": item.facts["answer"]}
    if item.form == "order":
        return list(item.facts.get("lines") or item.facts["steps"])
    if item.form == "output":
        return item.files.get(".txt", "")
    return item.facts["answer"]


def grade(item: Item, question: Question | None, answer: object) -> Grade:
    """`answer`: a key, a number's text, an ordered list, the key points that were said, a bug's
    line and fix, or whether the hidden tests passed, and whether at the first run.
    """
    if item.form == "recall":
        return _by_points(item, question, set(answer))
    if item.form == "number":
        return _exact(_number_is_right(item, str(answer)))
    if item.form == "output":
        return _exact(same_output(item, str(answer)))
    if item.form == "shape":
        return _exact(same_shape(str(answer), tuple(item.facts["answer"])))
    if item.form == "order":
        return _by_order(right_answer(item, question), list(answer))
    if item.form == "bug":
        return _by_line_and_fix(item, answer)
    if item.form == "code":
        return _by_tests(bool(answer["passed"]), bool(answer.get("first", answer["passed"])))
    return _exact(answer == right_answer(item, question))


def parse_number(text: str) -> float | None:
    """The one number in a text: full-width digits, 1,234 or 1 234, 1e-3 or 1×10⁻³, a unit behind
    it, or 万 and 亿.
    """
    plain = _plain(text)
    found = NUMBER.findall(plain)
    if len(found) != 1 or DECIMAL_COMMA.search(plain):
        return None
    value = float(found[0].replace(",", ""))
    for unit, factor in FACTORS:
        if plain.endswith(unit):
            value *= factor
    return value if math.isfinite(value) else None


def why_no_number(text: str) -> str:
    """What is in the way where `parse_number` finds none: comma, several or none."""
    plain = _plain(text)
    if DECIMAL_COMMA.search(plain):
        return "comma"
    return "several" if len(NUMBER.findall(plain)) > 1 else "none"


def _plain(text: str) -> str:
    raised = RAISED.sub(lambda found: f"^{found[0]}", text)
    plain = unicodedata.normalize("NFKC", raised).replace("−", "-").strip()
    return SPACED.sub("", POWER.sub(r"e\1", plain))


def in_full(text: str) -> float | None:
    """The number with the letter behind it taken as thousands, millions or billions."""
    value = parse_number(text)
    for letter, factor in LETTERS:
        if value is not None and text.strip().lower().endswith(letter):
            value *= factor
    return value


def same_shape(given: str, wanted: tuple[int, ...]) -> bool:
    """`8×8×64`, `8x8x64`, `(8, 8, 64)`, `8 8 64`; without its batch."""
    return shape_of(given) == wanted


def shape_of(given: str) -> tuple[int, ...]:
    plain = unicodedata.normalize("NFKC", given)
    return tuple(int(part) for part in re.findall(r"[0-9]+", plain))


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
    wanted = float(item.facts["answer"])
    margin = float(item.facts.get("tolerance", 0)) + 1e-9 * abs(wanted)
    return any(
        value is not None and abs(value - wanted) <= margin
        for value in (parse_number(text), in_full(text))
    )


def _by_tests(passed: bool, first: bool) -> Grade:
    """Right where the first run passed, for that is what confidence was stated about."""
    if passed and not first:
        return Grade(0.5, False, HARD, "tests")
    return Grade(float(passed), passed, GOOD if passed else AGAIN, "tests")


def _by_line_and_fix(item: Item, answer: dict) -> Grade:
    """Right with both; half a score for one of them."""
    hits = [answer.get("line") in bug_lines(item), answer.get("fix") == item.facts["answer"]]
    return Grade(sum(hits) / 2, all(hits), GOOD if all(hits) else AGAIN, "exact")


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
