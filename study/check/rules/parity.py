"""Check that both languages have the same sections, keys, code and numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from study.bank import markdown
from study.bank.markdown import Part
from study.bank.question import LANGUAGES, SECTIONS, Bank, FollowUp, Item, Problem
from study.check.folder import Folder

FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)
# Two digits at least: "two" and 2 may replace each other, 269,722 may not.
NUMBER = re.compile(r"(?<![\w.])\d(?:[\d,]*\.?\d)+(?:e-?\d+)?", re.I)
CASE = re.compile(r"^def case_(\w+)", re.M)
LABEL = re.compile(r"\[[^\]\n]*\]|-- [^-\n]+ -->")


def rules(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Yield what differs between the languages of a question."""
    yield from _sections(folder)
    yield from _keys(folder)
    yield from _follow_ups(folder)
    for item in folder.question.items:
        yield from _item(folder, item)
    yield from _unknown_items(folder)
    yield from _same_code(folder)
    yield from _same_numbers(folder)


def _sections(folder: Folder) -> Iterator[Problem]:
    wanted = [s for s in SECTIONS if s != "claims" or folder.question.claims]
    for language in LANGUAGES:
        found = [part.title for part in folder.sections(language)]
        if found == wanted:
            continue
        odd = [name for name in found if name not in wanted]
        missing = [name for name in wanted if name not in found]
        what = f"missing: {', '.join(missing)}" if missing else f"too many: {', '.join(odd)}"
        if not missing and not odd:
            what = f"in another order: {', '.join(found)}"
        message = f"sections should be {', '.join(wanted)}; {what}"
        yield folder.in_prose(language, 1, message, "sections")


def _keys(folder: Folder) -> Iterator[Problem]:
    """Check key points and claims against question.toml, and traps between the languages."""
    wanted = {"points": list(folder.question.points), "claims": list(folder.question.claims)}
    wanted["trap"] = list(folder.question.prose["zh"].trap)
    for language in LANGUAGES:
        for name, keys in wanted.items():
            section = folder.section(language, name)
            found = [entry.key for entry in markdown.entries(section)] if section else []
            if found != keys:
                line = section.line if section else 1
                message = f"{name}: the keys should be {_list(keys)}, they are {_list(found)}"
                yield folder.in_prose(language, line, message, "parity")
    if len(wanted["trap"]) < 2:
        yield folder.in_prose("zh", 1, "name at least two things people say wrongly", "trap")


def _follow_ups(folder: Folder) -> Iterator[Problem]:
    trees = {code: _shape(folder.question.prose[code].follow) for code in LANGUAGES}
    if trees["zh"] != trees["en"]:
        message = f"follow-ups differ: zh has {trees['zh']}, en has {trees['en']}"
        yield folder.in_prose("en", _line(folder, "en", "follow"), message, "parity")
    for language in LANGUAGES:
        line = _line(folder, language, "follow")
        tree = folder.question.prose[language].follow
        if not 2 <= len(tree) <= 4 or not any(node.then for node in tree):
            message = "write 2 to 4 follow-ups, at least one with a further one (####) below it"
            yield folder.in_prose(language, line, message, "follow")
        for node in _nodes(tree):
            if not (node.key and node.ask.strip() and node.answer.strip()):
                name = node.key or node.ask
                message = f"the follow-up {name!r} needs a key, a question and an answer"
                yield folder.in_prose(language, line, message, "follow")


def _item(folder: Folder, item: Item) -> Iterator[Problem]:
    facts = item.facts
    for language in LANGUAGES:
        part = folder.part(language, item.key)
        if part is None:
            message = f"the item {item.key} has no heading ### `{item.key}` here"
            yield folder.in_prose(language, _line(folder, language, "items"), message, "parity")
            continue
        text = item.text[language]
        wanted = facts.get("options") or facts.get("sentences") or facts.get("steps") or []
        if item.form == "code":
            wanted = [name.replace("_", "-") for name in CASE.findall(item.files.get(".check", ""))]
        if list(text.choices) != list(wanted):
            message = f"{item.key}: should list {_list(wanted)}, lists {_list(list(text.choices))}"
            yield folder.in_prose(language, part.line, message, "parity")
        if not text.prompt.strip():
            yield folder.in_prose(language, part.line, f"{item.key}: ask something", "items")
        yield from _reasons(folder, item, language, part)


def _unknown_items(folder: Folder) -> Iterator[Problem]:
    known = {item.key for item in folder.question.items}
    for language in LANGUAGES:
        items = folder.section(language, "items")
        for part in items.parts if items else ():
            if part.key not in known:
                message = f"{part.key or part.title} is not an item of question.toml"
                yield folder.in_prose(language, part.line, message, "parity")


def _reasons(folder: Folder, item: Item, language: str, part: Part) -> Iterator[Problem]:
    text = item.text[language]
    needed = {
        "choice": item.facts.get("options") or [],
        "chart": item.facts.get("options") or [],
        "bug": item.facts.get("options") or [],
        "answer": [item.facts.get("wrong", "")],
    }.get(item.form)
    if needed is None:
        if not text.why and not text.reasons:
            message = f"{item.key}: say why, in a quotation (>)"
            yield folder.in_prose(language, part.line, message, "reasons")
        return
    for key in needed:
        if not text.reasons.get(key, "").strip():
            message = f"{item.key}: say why for {key} (> `{key}` …)"
            yield folder.in_prose(language, part.line, message, "reasons")


def _same_code(folder: Folder) -> Iterator[Problem]:
    """Check that code blocks agree, except for comments and a diagram's labels."""
    blocks = {
        code: [_without_comments(found[0]) for found in FENCE.finditer(folder.texts[code])]
        for code in LANGUAGES
    }
    if blocks["zh"] != blocks["en"]:
        yield folder.in_prose("en", 1, "code blocks differ between zh and en", "parity")


def _same_numbers(folder: Folder) -> Iterator[Problem]:
    for part in folder.sections("en"):
        other = folder.section("zh", part.title)
        if other is None:
            continue
        ours, theirs = _numbers(_whole(part)), _numbers(_whole(other))
        if ours != theirs:
            only = ", ".join(sorted((ours - theirs) | (theirs - ours)))
            message = f"{part.title}: numbers that stand in one language only: {only}"
            yield folder.in_prose("en", part.line, message, "numbers")


def _numbers(text: str) -> set[str]:
    plain = re.sub(r"https?://\S+", "", text)
    return {found.replace(",", "") for found in NUMBER.findall(plain)}


def _whole(part: Part) -> str:
    return "\n".join([part.title, part.text, *(_whole(below) for below in part.parts)])


def _without_comments(block: str) -> str:
    if block.startswith("```mermaid"):
        return LABEL.sub(lambda label: label[0][0] + label[0][-1], block)
    return "\n".join(line.split("  #")[0].rstrip() for line in block.splitlines())


def _shape(tree: tuple[FollowUp, ...]) -> str:
    return ", ".join(f"{n.key}({_shape(n.then)})" if n.then else n.key for n in tree)


def _nodes(tree: tuple[FollowUp, ...]) -> Iterator[FollowUp]:
    for node in tree:
        yield node
        yield from _nodes(node.then)


def _line(folder: Folder, language: str, name: str) -> int:
    section = folder.section(language, name)
    return section.line if section else 1


def _list(keys: Iterable[str | None]) -> str:
    counted = Counter(keys)
    return ", ".join(f"{k} ({n} times)" if n > 1 else str(k) for k, n in counted.items()) or "none"
