"""Check which keys question.toml has, of which types, and how many.

The rules are written by hand because msgspec stops at the first fault and knows no line numbers. An
author gets every fault at once, each with its line and what to do about it.
"""

import re
from collections import Counter
from collections.abc import Iterator

from study.bank.question import FORMS, LANGUAGES, Bank, Item, Problem
from study.check.folder import Folder

KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
KEYS = frozenset(
    "title level tags seed sources claims lab after status points snippet items allow".split()
)
SNIPPET_KEYS = frozenset("seconds compare tolerance".split())
ITEM_KEYS = {
    "recall": "",
    "choice": "options answer wrong",
    "number": "answer tolerance unit asks",
    "output": "file answer compare tolerance any_case",
    "bug": "file line symptom options answer wrong",
    "answer": "sentences wrong misconception in_order",
    "order": "lines steps before",
    "code": "file tolerance hints",
    "chart": "run quantity options answer wrong",
}
NEEDED = {
    "choice": "options answer",
    "number": "answer tolerance unit",
    "output": "file",
    "bug": "file line symptom options answer",
    "answer": "sentences wrong",
    "code": "file",
    "chart": "run options answer",
}
FILES = {
    "output": (".py", ".txt"),
    "bug": (".py", ".fixed.py"),
    "code": (".py", ".solution.py", ".check.py", ".wrong-1.py"),
}
MINIMUM_ITEMS, MINIMUM_FORMS = 6, 3


def rules(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Yield what is wrong in question.toml."""
    yield from _head(folder)
    yield from _points(folder)
    yield from _snippet(folder)
    yield from _counts(folder)
    for item in folder.question.items:
        yield from _item(folder, item)


def unique(bank: Bank) -> Iterator[Problem]:
    """Yield the ids that occur twice; progress is stored by id."""
    for name, count in Counter(question.id for question in bank.questions).items():
        if count > 1:
            for question in (q for q in bank.questions if q.id == name):
                path = question.path / "question.toml"
                message = f"the id {name} is used {count} times; rename this folder"
                yield Problem(path, 1, "unique", message)


def _head(folder: Folder) -> Iterator[Problem]:
    question, facts = folder.question, folder.facts
    for key in facts.keys() - KEYS:
        known = ", ".join(sorted(KEYS))
        yield folder.in_toml(rf"^\[?{key}\b", f"unknown key {key}; known: {known}", "schema")
    if not KEBAB.match(question.id):
        yield folder.in_toml("", f"the folder name {question.id} is not kebab-case", "schema")
    for language in LANGUAGES:
        if not str(facts["title"].get(language, "")).strip():
            yield folder.in_toml("^title", f"the {language} title is empty", "schema")
        if facts.get("status", {}).get(language) not in ("draft", "done"):
            yield folder.in_toml("^status", f'{language} needs status "draft" or "done"', "schema")
    if question.level not in range(1, 6):
        yield folder.in_toml("^level", f"level is {question.level}; it goes from 1 to 5", "schema")
    for tag in question.tags:
        if not KEBAB.match(tag):
            yield folder.in_toml("^tags", f"the tag {tag} is not kebab-case", "schema")
    if not question.tags:
        yield folder.in_toml("^tags", "write at least one tag", "schema")


def _points(folder: Folder) -> Iterator[Problem]:
    points, musts = folder.question.points, folder.question.musts
    if not 5 <= len(points) <= 8:
        yield folder.in_toml(r"^\[points", f"{len(points)} key points; write 5 to 8", "points")
    if not 2 <= len(musts) <= 4:
        message = f"{len(musts)} key points have weight 2 (must); 2 to 4 should"
        yield folder.in_toml(r"^\[points", message, "points")
    for key, weight in points.items():
        if weight not in (1, 2):
            message = f"the weight of {key} is {weight}; 1, or 2 for a must"
            yield folder.in_toml(rf"^{key}\b", message, "points")


def _snippet(folder: Folder) -> Iterator[Problem]:
    question, about = folder.question, folder.facts.get("snippet", {})
    if question.snippet is None:
        message = "there is no snippet.py: every answer can be run"
        yield folder.in_toml(r"^\[snippet", message, "snippet")
        return
    if not question.snippet.expected.strip():
        message = "expected.txt is missing or empty; write it with python -m study check --record"
        yield folder.in_toml(r"^\[snippet", message, "snippet")
    for key in about.keys() - SNIPPET_KEYS:
        yield folder.in_toml(rf"^{key}\b", f"unknown key {key} in [snippet]", "snippet")
    if about.get("compare", "exact") not in ("exact", "numbers"):
        yield folder.in_toml("^compare", "compare is exact or numbers", "snippet")
    if not 0 < question.snippet.seconds <= 60:
        yield folder.in_toml("^seconds", "seconds goes from 1 to 60; aim below 20", "snippet")


def _counts(folder: Folder) -> Iterator[Problem]:
    items = folder.question.items
    forms = {item.form for item in items}
    if len(items) < MINIMUM_ITEMS or len(forms) < MINIMUM_FORMS:
        message = (
            f"{len(items)} items of {len(forms)} forms; write at least {MINIMUM_ITEMS} "
            f"of {MINIMUM_FORMS}"
        )
        yield folder.in_toml(r"^\[items", message, "items")


def _item(folder: Folder, item: Item) -> Iterator[Problem]:
    where = rf"^\[items\.{item.key}\]"
    if item.form not in FORMS:
        message = f"unknown form {item.form}; one of {', '.join(FORMS)}"
        yield folder.in_toml(where, message, "items")
        return
    if not KEBAB.match(item.key):
        yield folder.in_toml(where, f"the key {item.key} is not kebab-case", "items")
    known = {"form", "level", "points", "reveals", "shares", *ITEM_KEYS[item.form].split()}
    for key in item.facts.keys() - known - {"answer"}:
        yield folder.in_toml(where, f"{item.key}: unknown key {key} in a {item.form}", "items")
    for key in NEEDED.get(item.form, "").split():
        if item.facts.get(key) is None:
            yield folder.in_toml(where, f"{item.key}: {key} is missing", "items")
    for key in item.points:
        if key not in folder.question.points:
            yield folder.in_toml(where, f"{item.key}: there is no key point {key}", "items")
    for ending in FILES.get(item.form, ()):
        if ending.removesuffix(".py") not in item.files:
            message = f"{item.key}: the file {item.facts.get('file')}{ending} is missing"
            yield folder.in_toml(where, message, "items")
    for hint in item.facts.get("hints", ()):
        if not (isinstance(hint, dict) and all(str(hint.get(c, "")).strip() for c in LANGUAGES)):
            message = f"{item.key}: each hint needs a text in zh and one in en"
            yield folder.in_toml(where, message, "items")
    yield from _choices(folder, item, where)


def _choices(folder: Folder, item: Item, where: str) -> Iterator[Problem]:
    facts = item.facts
    if item.form in ("choice", "bug", "chart"):
        options = facts.get("options") or []
        if len(options) < 3 or len(set(options)) < len(options):
            yield folder.in_toml(where, f"{item.key}: 3 different options or more", "items")
        if facts.get("answer") not in options:
            message = f"{item.key}: the answer {facts.get('answer')} is not one of the options"
            yield folder.in_toml(where, message, "items")
        for key in (facts.get("wrong") or {}).keys() - set(options):
            yield folder.in_toml(where, f"{item.key}: wrong names {key}, no option", "items")
    if item.form == "answer" and facts.get("wrong") not in (facts.get("sentences") or []):
        yield folder.in_toml(where, f"{item.key}: wrong must be one of the sentences", "items")
    if item.form == "number" and facts.get("asks", "count") not in ("count", "size"):
        message = f"{item.key}: asks is count (every digit) or size (within 2 %)"
        yield folder.in_toml(where, message, "items")
    if item.form == "order":
        yield from _order(folder, item, where)
    if item.form == "bug" and ".fixed" in item.files:
        lines = item.files.get("", "").splitlines()
        marked = facts.get("line")
        for number in marked if isinstance(marked, list) else [marked]:
            if not (isinstance(number, int) and 1 <= number <= len(lines)):
                yield folder.in_toml(where, f"{item.key}: there is no line {number}", "items")


def _order(folder: Folder, item: Item, where: str) -> Iterator[Problem]:
    """Check that there are steps to order, and that their order satisfies every declared pair."""
    steps = list(item.facts.get("lines") or item.facts.get("steps") or ())
    if len(steps) < 3:
        yield folder.in_toml(where, f"{item.key}: write 3 lines or steps to order", "items")
    for pair in item.facts.get("before") or ():
        named = [steps[n - 1] if isinstance(n, int) and 0 < n <= len(steps) else n for n in pair]
        if len(named) != 2 or not all(name in steps for name in named):
            message = f"{item.key}: before = [[first, then], …] with names of its steps; not {pair}"
            yield folder.in_toml(where, message, "items")
        elif steps.index(named[0]) >= steps.index(named[1]):
            message = f"{item.key}: {pair[0]} is written after {pair[1]}, which before forbids"
            yield folder.in_toml(where, message, "items")
