"""Run the linter: `python -m study check [ID…] [--run] [--record] [--json]`."""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from study.bank import loading as banks
from study.bank.question import LANGUAGES, Bank, Problem, Question
from study.check.folder import Folder
from study.check.rules import evidence, guessability, links, parity, prose, reveals, schema, speech
from study.check.rules import facts as shared_facts

RULES = (schema.rules, parity.rules, links.rules, prose.rules, speech.rules)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these (shortcuts/why-shortcuts)")
    parser.add_argument("--run", action="store_true", help="execute every snippet and item file")
    parser.add_argument("--record", action="store_true", help="write what they print as expected")
    parser.add_argument("--json", action="store_true", help="counts and problems as one object")


def main(args: argparse.Namespace) -> int:
    """Return 0 if nothing is wrong, 1 if something is, 2 for an id that does not exist."""
    bank = banks.load()
    if args.record or args.run:
        from study.check import execution

        wanted = chosen(bank, args.ids)
        if args.record:
            execution.record(wanted)
            bank = banks.load()
    unknown = [name for name in args.ids if not _named(bank, [name])]
    if unknown:
        print(f"There is no question {', '.join(unknown)} in {banks.ROOT}.", file=sys.stderr)
        return 2
    problems = check(bank, args.ids)
    runs = execution.check(chosen(bank, args.ids)) if args.run else []
    problems += [problem for run in runs for problem in run.problems]
    _show(bank, problems, runs, as_json=args.json)
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def check(bank: Bank, ids: Sequence[str] = (), root: Path = banks.ROOT) -> list[Problem]:
    """Return all problems in the order of the files. Problems of a draft are warnings."""
    problems = [p for p in bank.problems if not ids or _within(p.path, ids)]
    if not ids:
        problems += [*schema.unique(bank), *links.shared(bank, root)]
        problems += [*guessability.rules(bank, root), *reveals.rules(bank)]
        problems += shared_facts.rules(bank, root)
    for question in chosen(bank, ids):
        facts = tomllib.loads((question.path / "question.toml").read_text("utf-8"))
        folder = Folder.of(question, facts)
        found = [problem for rule in RULES for problem in rule(folder, bank)]
        if "draft" in facts.get("status", {}).values():
            found = [replace(problem, severity="warning") for problem in found]
        problems += found
    return problems


def chosen(bank: Bank, ids: Sequence[str]) -> list[Question]:
    return [q for q in bank.questions if not ids or _within(q.path, ids)]


def _within(path: Path, ids: Sequence[str]) -> bool:
    return any(name.strip("/").split("/")[-1] in path.parts for name in ids)


def _named(bank: Bank, ids: list[str]) -> bool:
    return bool(chosen(bank, ids)) or any(_within(p.path, ids) for p in bank.problems)


def counts(bank: Bank) -> dict:
    """Return how much the bank holds: questions and items, by topic, form and language."""
    items = Counter(item.form for item in bank.items)
    topics = Counter({question.topic: 0 for question in bank.questions})
    for question in bank.questions:
        topics[question.topic] += len(question.items)
    return {
        "questions": len(bank.questions),
        "topics": dict(Counter(question.topic for question in bank.questions)),
        "levels": dict(sorted(Counter(question.level for question in bank.questions).items())),
        "items": sum(items.values()),
        "items_by_topic": dict(topics),
        "forms": dict(sorted(items.items())),
        "languages": {code: sum(code in q.prose for q in bank.questions) for code in LANGUAGES},
        "items_by_language": {
            code: sum(code in item.text for item in bank.items) for code in LANGUAGES
        },
        "facts": len(bank.facts),
        "snippets": sum(question.snippet is not None for question in bank.questions),
        "sources": len(bank.sources),
    }


def _show(bank: Bank, problems: list[Problem], runs: list, *, as_json: bool) -> None:
    if as_json:
        told = [{**vars(p), "path": _relative(p.path)} for p in problems]
        executed = [run.to_json() for run in runs]
        whole = {
            "counts": counts(bank),
            "evidence": {question.id: evidence.table(question) for question in bank.questions},
            "guessability": [row.to_json() for row in guessability.table(bank)],
            "problems": told,
            "runs": executed,
            "speech_summary": speech.summary(bank.questions),
            "speech": {question.id: speech.table(question) for question in bank.questions},
        }
        print(json.dumps(whole, indent=1))
        return
    for problem in problems:
        print(replace(problem, path=Path(_relative(problem.path))))
    for run in runs:
        print(f"{run.name}: {run.seconds:.1f} s")
    number = counts(bank)
    errors = sum(problem.severity == "error" for problem in problems)
    print(evidence.summary(bank))
    print(f"{number['questions']} questions, {number['items']} items, {errors} errors")


def _relative(path: Path) -> str:
    root = banks.ROOT.parent
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
