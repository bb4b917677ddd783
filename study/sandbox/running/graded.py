"""Grade code that a learner completed with hidden cases: what failed, what was expected, what came.

A case is a function of the item's `.check.py`, named `case_…`, that takes a module and returns a
value. The cases and the item's solution are in a process of their own, which calls the functions of
the learner's code in another one and sends out what each case returned for both. The two are
compared here. The learner's code therefore cannot print, return or kill anything to pass, and finds
neither the cases nor the right values: it sees what its functions are called with.
"""

import json
import math
from dataclasses import dataclass
from typing import Any, TypeGuard

from base.messages import Message, UserError
from study.sandbox.isolation.worker import Worker
from study.sandbox.limits import Limits
from study.sandbox.running import output
from study.sandbox.running.execution import Execution, ask, start
from study.sandbox.running.result import Result

SHOWN = 300


class GradingError(UserError):
    """Raised if the item itself is wrong: its solution does not answer its own cases."""


@dataclass(frozen=True)
class Case:
    """Hold one hidden case and how the learner's code answered it.

    `key` is its name with hyphens, as the prose of the item names it. `line` is the learner's line
    that raised, if one did.
    """

    key: str
    passed: bool
    expected: str
    got: str
    why: Message | None = None
    line: int | None = None


@dataclass(frozen=True)
class CodeGrade:
    """Hold the results of the hidden cases; `result` is the run of the learner's code."""

    passed: bool
    cases: tuple[Case, ...]
    result: Result


class Grading:
    """Hold two parallel runs: of the learner's code, and of the cases that call it."""

    def __init__(self, learner: Execution, cases: Execution, tolerance: float):
        self._learner, self._cases, self._tolerance = learner, cases, tolerance

    @property
    def running(self) -> bool:
        """Return whether one of the two runs has not ended yet."""
        return self._learner.running or self._cases.running

    def stop(self) -> None:
        """Stop the learner's code. The cases then end by themselves."""
        self._learner.stop()

    def grade(self) -> CodeGrade:
        """Wait for both runs and compare them case by case. Raises GradingError."""
        result, told = self._learner.result(), self._cases.result()
        wanted, got = _answers_of_solution(told), _answers(told, "got")
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
    visitor: str | None = None,
    learner: str | None = None,
) -> Grading:
    """Start the learner's code and the cases that call it. Raises as `start` does.

    The code takes the place of its `visitor` or `learner`, as any snippet of theirs.
    """
    answer = start(
        code,
        limits,
        tier_name=tier_name,
        worker=worker,
        asked=True,
        visitor=visitor,
        learner=learner,
    )
    return Grading(answer, ask(answer, solution, check), tolerance)


def grade(code: str, check: str, solution: str, **options: Any) -> CodeGrade:
    """Begin a grading, wait for it and return the grade. Raises GradingError."""
    return begin(code, check, solution, **options).grade()


def same(expected: object, got: object, tolerance: float) -> bool:
    """Return whether two values are the same.

    Numbers may differ by the tolerance, absolute or relative; everything else must be equal.
    """
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
    answers = _answers(result, "expected")
    wrong = {name: one["error"] for name, one in answers.items() if "error" in one}
    if result.status != "ok" or wrong or not answers:
        why = "; ".join(f"{name}: {error}" for name, error in wrong.items())
        why = why or result.stderr.strip()[-SHOWN:] or str(result.reason or "no case_… function")
        raise GradingError(Message("sandbox.solution_fails", {"why": why}))
    return {name: one["value"] for name, one in answers.items()}


def _answers(result: Result, whose: str) -> dict[str, dict[str, Any]]:
    """Return what the cases returned for the solution ("expected") or for the code ("got")."""
    return {one["case"]: one for one in result.values if _is_answer(one) and one["of"] == whose}


def _is_answer(one: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a message answers a case, whatever the process that sent it may be."""
    if not isinstance(one, dict) or not isinstance(one.get("case"), str) or "of" not in one:
        return False
    return "value" in one or isinstance(one.get("error"), str)


def _case(name: str, wanted: object, answer: dict | None, tolerance: float) -> Case:
    key, expected = name.replace("_", "-"), _shown(wanted)
    if answer is None:
        why = Message("sandbox.case_not_reached")
        return Case(key, False, expected, "", why)
    if "error" in answer:
        line = answer.get("line")
        line = line if type(line) is int else None
        error = _as_text(str(answer["error"])[:SHOWN])
        why = Message("sandbox.case_raised", {"error": error})
        return Case(key, False, expected, "", why, line)
    got = _shown(answer["value"])
    if same(wanted, answer["value"], tolerance):
        return Case(key, True, expected, got)
    why = Message("sandbox.case_differs", {"expected": expected, "got": got})
    return Case(key, False, expected, got, why)


def _shown(value: object) -> str:
    """Return a value as JSON, cut where it is too long to read."""
    try:
        text = json.dumps(_rounded(value), ensure_ascii=False)
    except RecursionError:
        text = "…"  # lists in lists without end, which only a forger sends
    return _as_text(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def _as_text(text: str) -> str:
    """Return text as all output is shown, because it may hold control characters."""
    return output.clean(text.encode("utf-8", "replace"))


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value
