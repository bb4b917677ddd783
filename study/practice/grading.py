"""Grade an answer by what was chosen, computed or ticked. All functions are pure."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from study.bank.question import Item, Question
from study.practice import spelling

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
PASS = 0.7


@dataclass(frozen=True)
class Grade:
    """Hold the grade of an answer.

    `score` is from 0 to 1, and `rating` is FSRS' Again, Hard, Good or Easy. `graded_by` is "exact",
    "points" (that were ticked) or "tests" (that ran).
    """

    score: float
    correct: bool
    rating: int
    graded_by: str


def choices(item: Item) -> list[str]:
    """Return the keys to choose from, in the order they were written."""
    facts = item.facts
    return list(facts.get("options") or facts.get("sentences") or facts.get("steps") or ())


def bug_lines(item: Item) -> list[int]:
    """Return the lines, counted from 1, that the item names as the place of the bug."""
    lines = item.facts["line"]
    return list(lines) if isinstance(lines, list) else [lines]


def accepted_lines(item: Item) -> list[int]:
    """Return the lines that count as found: those named, and every line that the fix changes."""
    buggy = item.files.get("", "").splitlines()
    fixed = item.files.get(".fixed", "").splitlines()
    changed = {
        place + 1
        for kind, first, last, *_ in SequenceMatcher(None, buggy, fixed, False).get_opcodes()
        for place in range(first, last)
        if kind != "equal" and buggy[place].strip() and fixed
    }
    return sorted(changed | set(bug_lines(item)))


def right_answer(item: Item, question: Question | None) -> Any:
    """Return the answer that `grade` accepts as fully right."""
    if item.form == "recall":
        return list(item.points or (question.points if question else ()))
    if item.form == "answer":
        return item.facts["wrong"]
    if item.form == "bug":
        return {"line": bug_lines(item), "fix": item.facts["answer"]}
    if item.form == "order":
        return list(item.facts.get("lines") or item.facts["steps"])
    if item.form == "output":
        return item.files.get(".txt", "")
    return item.facts["answer"]


def grade(item: Item, question: Question | None, answer: Any) -> Grade:
    """Return the grade of an answer.

    `answer` is a key, the text of a number, an ordered list, the key points said, the line and fix
    of a bug, or whether the hidden tests passed, and whether at the first run.
    """
    if item.form == "recall" and question is not None:
        return _by_points(item, question, set(answer))
    if item.form == "number":
        return _exact(_number_is_right(item, str(answer)))
    if item.form == "output":
        return _exact(same_output(item, str(answer)))
    if item.form == "shape":
        return _exact(spelling.same_shape(str(answer), tuple(item.facts["answer"])))
    if item.form == "order":
        return _by_order(item, right_answer(item, question), list(answer))
    if item.form == "bug":
        return _by_line_and_fix(item, answer)
    if item.form == "code":
        return _by_tests(bool(answer["passed"]), bool(answer.get("first", answer["passed"])))
    return _exact(answer == right_answer(item, question))


def same_output(item: Item, answer: str) -> bool:
    """Return whether a predicted output equals the recorded one, as strictly as the item says."""
    by_number = item.facts.get("compare") == "numbers"
    return spelling.same_output(
        item.files.get(".txt", ""),
        answer,
        float(item.facts.get("tolerance", 0)) if by_number else None,
        any_case=bool(item.facts.get("any_case")),
    )


def _number_is_right(item: Item, text: str) -> bool:
    facts = item.facts
    return spelling.same_number(
        text,
        float(facts["answer"]),
        float(facts.get("tolerance", 0)),
        str(facts.get("unit", "")),
        str(facts.get("asks", "")),
    )


def _by_tests(passed: bool, first: bool) -> Grade:
    """Grade by the first run, because the confidence was stated about it."""
    if passed and not first:
        return Grade(0.5, False, HARD, "tests")
    return Grade(float(passed), passed, GOOD if passed else AGAIN, "tests")


def _by_line_and_fix(item: Item, answer: dict[str, Any]) -> Grade:
    """Grade the line and the fix. Both right is full score, one of them half."""
    hits = [answer.get("line") in accepted_lines(item), answer.get("fix") == item.facts["answer"]]
    return Grade(sum(hits) / 2, all(hits), GOOD if all(hits) else AGAIN, "exact")


def _by_points(item: Item, question: Question, said: set[str]) -> Grade:
    """Grade the points, with musts of weight 2. Every must, or PASS of the weight, is enough."""
    weights = {key: question.points[key] for key in item.points or question.points}
    score = sum(w for key, w in weights.items() if key in said) / sum(weights.values())
    musts_said = all(key in said for key, weight in weights.items() if weight == 2)
    passed = score >= PASS or (musts_said and score > 0)
    rating = AGAIN if not passed else HARD if score < PASS else GOOD if score < 1 else EASY
    return Grade(score, passed, rating, "points")


def _by_order(item: Item, wanted: list[str], given: list[str]) -> Grade:
    """Grade by the share of the required pairs that are in order."""
    if len(given) == len(wanted) and set(given) == set(wanted):
        held = held_pairs(item, given)
        score = sum(held.values()) / max(1, len(held))
    else:
        score = 0.0
    return replace(_exact(score == 1), score=score)


def held_pairs(item: Item, given: list[str]) -> dict[tuple[str, str], bool]:
    """Return every pair of steps whose order is required, and whether the answer keeps it."""
    places = {step: place for place, step in enumerate(given)}
    return {(a, b): places.get(a, -1) < places.get(b, -1) for a, b in needed_pairs(item)}


def needed_pairs(item: Item) -> list[tuple[str, str]]:
    """Return the pairs that an item declares or, without any, the neighbours as written.

    Lines of code are named by their number, from 1.
    """
    steps = list(item.facts.get("lines") or item.facts["steps"])
    declared = item.facts.get("before")
    if declared is None:
        return list(zip(steps, steps[1:], strict=False))
    named = [[steps[n - 1] if isinstance(n, int) else n for n in pair] for pair in declared]
    return [(a, b) for a, b in named]


def _exact(correct: bool) -> Grade:
    return Grade(float(correct), correct, GOOD if correct else AGAIN, "exact")
