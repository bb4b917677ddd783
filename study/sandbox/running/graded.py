"""Code that a learner completed, held against hidden cases: what failed, expected and got.

A case is a function of the item's `.check.py`, named `case_…`, that takes the learner's module and
returns a value. It runs once on the item's solution and once on the learner's code, each in a
sandbox of its own; the two values are compared here. So nothing that the learner's code prints,
returns or kills can say "passed", and the right values are nowhere it could look.
"""

import json
import math
from dataclasses import dataclass

from base.messages import Message, UserError
from study.sandbox.isolation.worker import Worker
from study.sandbox.limits import Limits
from study.sandbox.running import output
from study.sandbox.running.execution import Execution, start
from study.sandbox.running.result import Result

SHOWN = 300


class GradingError(UserError):
    """The item itself is at fault: its solution does not answer its own cases."""


@dataclass(frozen=True)
class Case:
    """One hidden case. `key` is its name with hyphens, as prose of the item names it."""

    key: str
    passed: bool
    expected: str
    got: str
    why: Message | None = None
    line: int | None = None


@dataclass(frozen=True)
class CodeGrade:
    """`result` is the run of the learner's code, with what it printed and how it ended."""

    passed: bool
    cases: tuple[Case, ...]
    result: Result


class Grading:
    """Two runs side by side. `grade()` waits for both; raises GradingError."""

    def __init__(self, learner: Execution, solution: Execution | None, known: tuple, tolerance):
        self._learner, self._solution = learner, solution
        self._known, self._tolerance = known, tolerance

    @property
    def running(self) -> bool:
        waits = self._solution is not None and self._solution.running
        return self._learner.running or waits

    @property
    def execution(self) -> Execution:
        """The run of the learner's code, for its output while it runs."""
        return self._learner

    def stop(self) -> None:
        self._learner.stop()
        if self._solution is not None:
            self._solution.stop()

    def grade(self) -> CodeGrade:
        result = self._learner.result()
        if self._solution is not None:
            _expected[self._known] = _answers_of_solution(self._solution.result())
        wanted = _expected[self._known]
        got = {one["case"]: one for one in result.values if _is_answer(one)}
        cases = tuple(
            _case(name, value, got.get(name), self._tolerance) for name, value in wanted.items()
        )
        return CodeGrade(all(case.passed for case in cases), cases, result)


def begin(
    code: str,
    check: str,
    solution: str,
    *,
    tolerance: float = 1e-5,
    limits: Limits | None = None,
    tier_name: str | None = None,
    worker: Worker | None = None,
) -> Grading:
    """Raises TierError and BusyError, as any run does."""
    known = (check, solution)
    options = {"limits": limits, "tier_name": tier_name, "check": check}
    learner = start(code, worker=worker, **options)
    expected = None if known in _expected else start(solution, **options)
    return Grading(learner, expected, known, tolerance)


def grade(code: str, check: str, solution: str, **options) -> CodeGrade:
    """`begin`, and wait."""
    return begin(code, check, solution, **options).grade()


def same(expected: object, got: object, tolerance: float) -> bool:
    """Numbers within the tolerance, absolute or relative; everything else equal."""
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        if expected != expected or got != got:
            return expected != expected and got != got
        try:
            return math.isclose(expected, got, rel_tol=tolerance, abs_tol=tolerance)
        except OverflowError:  # a whole number beyond what a float holds
            return expected == got
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(
            same(one, other, tolerance) for one, other in zip(expected, got, strict=True)
        )
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(
            same(value, got[key], tolerance) for key, value in expected.items()
        )
    return type(expected) is type(got) and expected == got


def _answers_of_solution(result: Result) -> dict[str, object]:
    answers = {one["case"]: one for one in result.values if _is_answer(one)}
    wrong = {name: one["error"] for name, one in answers.items() if "error" in one}
    if result.status != "ok" or wrong or not answers:
        why = "; ".join(f"{name}: {error}" for name, error in wrong.items())
        why = why or result.stderr.strip()[-SHOWN:] or str(result.reason or "no case_… function")
        english = f"The solution of this item does not answer its own cases: {why}"
        raise GradingError(Message("sandbox.solution_fails", {"why": why}, english))
    return {name: one["value"] for name, one in answers.items()}


def _is_answer(one: object) -> bool:
    """A snippet may forge messages; one without these is none."""
    named = isinstance(one, dict) and isinstance(one.get("case"), str)
    return named and ("value" in one or isinstance(one.get("error"), str))


def _case(name: str, wanted: object, answer: dict | None, tolerance: float) -> Case:
    key, expected = name.replace("_", "-"), _shown(wanted)
    if answer is None:
        why = Message(
            "sandbox.case_not_reached", {}, "The code ended before this case was reached."
        )
        return Case(key, False, expected, "", why)
    if "error" in answer:
        line = answer.get("line")
        line = line if type(line) is int else None
        error = _as_text(str(answer["error"])[:SHOWN])
        why = Message("sandbox.case_raised", {"error": error}, f"It raised {error}")
        return Case(key, False, expected, "", why, line)
    got = _shown(answer["value"])
    if same(wanted, answer["value"], tolerance):
        return Case(key, True, expected, got)
    english = f"Expected {expected}, got {got}."
    why = Message("sandbox.case_differs", {"expected": expected, "got": got}, english)
    return Case(key, False, expected, got, why)


def _shown(value: object) -> str:
    """Short enough to read; the whole where it is short."""
    try:
        text = json.dumps(_rounded(value), ensure_ascii=False)
    except RecursionError:
        text = "…"  # lists in lists without end, which only a forger sends
    return _as_text(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def _as_text(text: str) -> str:
    """As all output is shown: a learner's value may hold half a character, or turn the line."""
    return output.clean(text.encode("utf-8", "replace"))


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value


_expected: dict[tuple[str, str], dict[str, object]] = {}
