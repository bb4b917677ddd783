"""Check that everything a question refers to exists: sources, claims, presets, other questions."""

import re
from collections.abc import Iterator
from pathlib import Path

from resnet_core.claims import CLAIMS
from resnet_core.experiment.presets import PRESETS
from study.bank import units
from study.bank.citations import CITATION, cited
from study.bank.question import LANGUAGES, Bank, Problem
from study.check.folder import Folder

FENCED = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$", re.S)


def rules(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Yield what is wrong in what a question refers to."""
    yield from _toml(folder, bank)
    yield from _traps(folder, bank)
    yield from _citations(folder, bank)
    yield from _units(folder)


def shared(bank: Bank, root: Path) -> Iterator[Problem]:
    """Yield what is wrong in the files that all questions share."""
    for key, source in bank.sources.items():
        if not (source.title and source.year and source.url.startswith("https://")):
            message = f"the source {key} needs a title, a year and an https:// url"
            yield Problem(root / "sources.toml", 1, "sources", message)
    named = (
        ("misconceptions", bank.misconceptions),
        ("glossary", bank.glossary),
        ("units", units.known()),
    )
    for name, texts in named:
        for key, entry in texts.items():
            if not all(str(entry.get(language, "")).strip() for language in LANGUAGES):
                message = f"{key} needs a text in zh and one in en"
                yield Problem(root / f"{name}.toml", 1, name, message)
    yield from _paths(bank, root)


def _paths(bank: Bank, root: Path) -> Iterator[Problem]:
    """Check that a path names existing questions, each once and after those it builds on."""
    for key, path in bank.paths.items():
        ids = [str(one) for one in path.get("questions", [])]
        for place, one in enumerate(ids):
            question = bank.get(one)
            if question is None or one in ids[:place]:
                why = "has no such question" if question is None else "names it twice"
                yield Problem(root / "paths.toml", 1, "paths", f"{key}: {one}: the path {why}")
                continue
            late = [before for before in question.after if before in ids[place:]]
            if late:
                message = f"{key}: {one} builds on {', '.join(late)}, which comes later"
                yield Problem(root / "paths.toml", 1, "paths", message)


def _toml(folder: Folder, bank: Bank) -> Iterator[Problem]:
    question = folder.question
    ids = {other.id for other in bank.questions}
    known = (
        ("sources", question.sources, bank.sources, "questions/sources.toml"),
        ("claims", question.claims, CLAIMS, "resnet_core/claims/each"),
        (
            "lab",
            [question.lab] if question.lab else [],
            PRESETS,
            "experiment/presets.py",
        ),
        ("after", question.after, ids, "the bank"),
        ("topic", [question.topic], bank.topics, "questions/topics.toml"),
    )
    for key, names, where, called in known:
        for name in names:
            if name not in where:
                message = f"{key}: {called} has no {name}"
                yield folder.in_toml(rf"^{key}\b", message, "links")
    if question.id in question.after:
        yield folder.in_toml("^after", "a question cannot come after itself", "links")


def _units(folder: Folder) -> Iterator[Problem]:
    for item in folder.question.items:
        unit = str(item.facts.get("unit", ""))
        if unit not in units.SYMBOLS and unit not in units.known():
            message = f"the unit {unit} has no name in zh and en; write it in questions/units.toml"
            yield folder.in_toml(rf'^unit *= *"{re.escape(unit)}"', message, "units")


def _traps(folder: Folder, bank: Bank) -> Iterator[Problem]:
    named = {key: "zh.md" for key in folder.question.prose["zh"].trap}
    for item in folder.question.items:
        wrong = item.facts.get("wrong")
        slugs = list(wrong.values()) if isinstance(wrong, dict) else []
        named |= dict.fromkeys([*slugs, *filter(None, [item.facts.get("misconception")])], "toml")
    for slug, where in named.items():
        if slug in bank.misconceptions:
            continue
        message = (
            f"questions/misconceptions.toml has no {slug}; add it with a zh and an en sentence"
        )
        if where == "toml":
            yield folder.in_toml(re.escape(slug), message, "links")
        else:
            section = folder.section("zh", "trap")
            yield folder.in_prose("zh", section.line if section else 1, message, "links")


def _citations(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Check that sources are listed if and only if cited, and that the answer cites one."""
    for language in LANGUAGES:
        seen = set()
        for line, key, place in _cited(folder.texts[language]):
            if key not in bank.sources:
                message = f"[{key} {place or '…'}] cites a source that sources.toml does not have"
                yield folder.in_prose(language, line, message, "sources")
            elif key not in folder.question.sources:
                message = f"[{key}] is cited but not in sources of question.toml"
                yield folder.in_prose(language, line, message, "sources")
            elif not place:
                message = f"[{key}] says no place; write the section, table or figure"
                yield folder.in_prose(language, line, message, "sources")
            seen.add(key)
        for key in set(folder.question.sources) - seen:
            message = f"sources lists {key}, which {language}.md never cites"
            yield folder.in_toml("^sources", message, "sources")
        answer = folder.section(language, "answer")
        if answer and not list(_cited(answer.text)):
            message = "the answer cites no source ([key §place])"
            yield folder.in_prose(language, answer.line, message, "sources")


def _cited(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, key and place of each citation outside code and math."""
    blank = FENCED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for number, line in enumerate(blank.splitlines(), start=1):
        for found in CITATION.finditer(line):
            for key, place in cited(found):
                yield number, key, place
