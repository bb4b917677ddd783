"""Execute what a question ships and compare it with what was recorded."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from study import sandbox
from study.bank.question import Item, Problem, Question, Snippet
from study.check import together
from study.practice.spelling import first_difference, same_output
from study.sandbox.running import graded
from study.sandbox.running.graded import GradingError

LIMITS = sandbox.Limits(seconds=90)
Shared = dict[str, sandbox.Result]  # by code


@dataclass(frozen=True)
class Run:
    """Hold one executed file. `name` is question/file, and `seconds` is its duration."""

    name: str
    seconds: float
    problems: tuple[Problem, ...]

    def to_json(self) -> dict:
        return {
            "file": self.name,
            "seconds": round(self.seconds, 2),
            "ok": not self.problems,
        }


def check(questions: list[Question]) -> list[Run]:
    """Run every snippet and item file of the questions, one after the other.

    They share what they import. What is wrong then is run again alone, as a learner would run it,
    and only that counts.
    """
    codes = [path.read_text("utf-8") for question in questions for path in _run_alone(question)]
    sharing = list(dict.fromkeys(code for code in codes if together.may_share(code)))
    shared = together.run(sharing, LIMITS) if len(sharing) > 1 else {}
    return [run for question in questions for run in _question(question, shared)]


def record(questions: list[Question]) -> list[Path]:
    """Write expected.txt and output-N.txt from a run; a file that fails keeps its record."""
    written = []
    for question in questions:
        for code, target in _recorded(question):
            result = sandbox.run(code.read_text("utf-8"), LIMITS)
            if result.status == "ok":
                target.write_text(result.stdout, "utf-8")
                written.append(target)
    return written


def _recorded(question: Question) -> Iterator[tuple[Path, Path]]:
    if question.snippet is not None:
        yield question.path / "snippet.py", question.path / "expected.txt"
    for item in question.items:
        if item.form == "output":
            stem = str(item.facts["file"])
            yield question.path / f"{stem}.py", question.path / f"{stem}.txt"


def _run_alone(question: Question) -> Iterator[Path]:
    """Yield the files that are run without hidden cases."""
    yield from (code for code, _ in _recorded(question))
    for item in question.items:
        if item.form == "bug":
            stem = str(item.facts["file"])
            yield from (question.path / f"{stem}{ending}" for ending in (".py", ".fixed.py"))


def _question(question: Question, shared: Shared) -> Iterator[Run]:
    snippet = question.snippet
    if snippet is not None:
        yield _compared(question, "snippet.py", snippet.expected, snippet.compare, snippet, shared)
    for item in question.items:
        if item.form == "output":
            facts = item.facts
            name, expected = f"{facts['file']}.py", item.files.get(".txt", "")
            compare = facts.get("compare", "exact")
            yield _compared(question, name, expected, compare, item, shared)
        elif item.form == "bug":
            yield from _bug(question, item, shared)
        elif item.form == "code":
            yield from _code(question, item)


def _judged(
    path: Path, shared: Shared, judge: Callable[[sandbox.Result], list[Problem]]
) -> tuple[float, tuple[Problem, ...]]:
    """Return the seconds and the problems of a run, which is shared only if nothing is wrong."""
    code = path.read_text("utf-8")
    result = shared.get(code)
    if result is None or judge(result):
        result = sandbox.run(code, LIMITS)
    return result.seconds, tuple(judge(result))


def _compared(
    question: Question,
    name: str,
    expected: str,
    compare: str,
    owner: Item | Snippet,
    shared: Shared,
) -> Run:
    """Return a run whose output is compared with the recorded one."""
    path = question.path / name
    tolerance = owner.facts.get("tolerance", 0.0) if isinstance(owner, Item) else owner.tolerance
    margin = float(tolerance) if compare == "numbers" else None
    limit = question.snippet.seconds if name == "snippet.py" and question.snippet else 20

    def judge(result: sandbox.Result) -> list[Problem]:
        problems = []
        if result.status != "ok":
            why = result.reason or result.stderr.strip().splitlines()[-1:]
            problems.append(Problem(path, result.line or 1, "run", f"{result.status}: {why}"))
        elif not same_output(expected, result.stdout, margin):
            line = first_difference(expected, result.stdout, margin)
            message = f"prints something else than recorded, from line {line} of its output on"
            problems.append(Problem(path, 1, "run", message))
        if result.seconds > 2 * limit:
            message = f"took {result.seconds:.0f} s; it states {limit:.0f} s"
            problems.append(Problem(path, 1, "slow", message, "warning"))
        return problems

    return Run(f"{question.id}/{name}", *_judged(path, shared, judge))


def _bug(question: Question, item: Item, shared: Shared) -> Iterator[Run]:
    """Check that the buggy version shows the stated symptom and the fixed one does not."""
    stem = str(item.facts["file"])
    for ending, should in ((".py", True), (".fixed.py", False)):
        path = question.path / f"{stem}{ending}"
        judge = partial(_symptom, path, item.facts["symptom"], should)
        yield Run(f"{question.id}/{path.name}", *_judged(path, shared, judge))


def _symptom(path: Path, symptom: str, should: bool, result: sandbox.Result) -> list[Problem]:
    problems = []
    if shows(symptom, result) != should:
        word = "does not show" if should else "still shows"
        problems.append(Problem(path, 1, "run", f"{word} {symptom!r}"))
    if not should and result.status != "ok":
        problems.append(Problem(path, result.line or 1, "run", f"{result.status}"))
    return problems


def _code(question: Question, item: Item) -> Iterator[Run]:
    """Check that the hidden cases pass the solution and fail every other version."""
    stem, tolerance = str(item.facts["file"]), float(item.facts.get("tolerance", 1e-5))
    for ending, code in item.files.items():
        if ending == ".check":
            continue
        path = question.path / f"{stem}{ending}.py"
        try:
            told = graded.grade(
                code, item.files[".check"], item.files[".solution"], tolerance=tolerance
            )
        except GradingError as error:
            yield Run(f"{question.id}/{path.name}", 0.0, (Problem(path, 1, "run", str(error)),))
            continue
        problems = []
        if told.passed != (ending == ".solution"):
            failed = ", ".join(case.key for case in told.cases if not case.passed)
            message = f"fails {failed}" if failed else "passes every hidden case; it should not"
            problems.append(Problem(path, 1, "run", message))
        yield Run(f"{question.id}/{path.name}", told.result.seconds, tuple(problems))


def shows(symptom: str, result: sandbox.Result) -> bool:
    """Return whether stderr (`error: text`) or stdout (`output: text`) has these whole words."""
    kind, _, text = symptom.partition(":")
    stream = result.stderr if kind == "error" else result.stdout
    return re.search(rf"{re.escape(text.strip())}(?!\w)", stream) is not None
