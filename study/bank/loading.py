"""Load the question bank. A broken folder becomes a problem, and the rest loads."""

import hashlib
import json
import tomllib
from pathlib import Path

from study.bank import markdown
from study.bank.markdown import Part
from study.bank.question import (
    LANGUAGES,
    Bank,
    FollowUp,
    Item,
    ItemText,
    Problem,
    Prose,
    Question,
    Snippet,
    Source,
)

ROOT = Path(__file__).resolve().parents[2] / "questions"


def load(root: Path = ROOT) -> Bank:
    """Return the bank. Faults in the files become problems; nothing is raised."""
    problems: list[Problem] = []
    shared = {name: _toml(root / f"{name}.toml", problems) for name in SHARED}
    questions = []
    for path in sorted(root.glob("*/*/question.toml")):
        question = _question(path, problems)
        if question is not None:
            questions.append(question)
    topics = {
        key: value["title"]
        for key, value in sorted(shared["topics"].items(), key=lambda pair: _order(pair[1]))
        if isinstance(value, dict) and isinstance(value.get("title"), dict)
    }
    order = list(topics)
    questions.sort(key=lambda q: (order.index(q.topic) if q.topic in order else 99, q.level, q.id))
    sources = {k: _source(k, v) for k, v in shared["sources"].items() if isinstance(v, dict)}
    return Bank(
        tuple(questions),
        topics,
        shared["glossary"],
        sources,
        shared["misconceptions"],
        tuple(problems),
        shared["synonyms"],
        shared["paths"],
        shared["facts"],
    )


SHARED = ("topics", "glossary", "sources", "misconceptions", "synonyms", "paths", "facts")
NEIGHBOURS = ("reveals", "shares")  # what an item says of others does not change the item


def fingerprint(root: Path = ROOT) -> str:
    """Return a value that changes when a file of the bank does. Every page can afford it."""
    facts = sorted((str(p), p.stat().st_mtime_ns) for p in root.rglob("*.*"))
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _question(path: Path, problems: list[Problem]) -> Question | None:
    folder, before = path.parent, len(problems)
    facts = _toml(path, problems)
    prose, items_text = {}, {}
    for language in LANGUAGES:
        text = _text(folder / f"{language}.md", problems)
        if text is not None:
            tree = markdown.parse(text)
            prose[language] = _prose(tree)
            items_text[language] = _item_texts(tree)
    if len(problems) > before:
        return None
    try:
        return _assembled(folder, facts, prose, items_text)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        message = f"this question cannot be loaded ({type(error).__name__}: {error})"
        problems.append(Problem(path, 1, "schema", f"{message}; compare it with a valid one"))
        return None


def _assembled(folder: Path, facts: dict, prose: dict, texts: dict) -> Question:
    return Question(
        id=folder.name,
        topic=folder.parent.name,
        path=folder,
        title={language: str(facts["title"][language]) for language in LANGUAGES},
        level=int(facts["level"]),
        tags=tuple(facts.get("tags", ())),
        seed=tuple(facts.get("seed", ())),
        sources=tuple(facts.get("sources", ())),
        claims=tuple(facts.get("claims", ())),
        lab=str(facts.get("lab", "")),
        after=tuple(facts.get("after", ())),
        points={str(key): int(weight) for key, weight in facts["points"].items()},
        snippet=_snippet(folder, facts),
        items=tuple(
            _item(folder, key, table, facts, texts) for key, table in facts["items"].items()
        ),
        prose=prose,
        allow=tuple(facts.get("allow", ())),
    )


def _snippet(folder: Path, facts: dict) -> Snippet | None:
    path = folder / "snippet.py"
    if not path.is_file():
        return None
    expected = folder / "expected.txt"
    about = facts.get("snippet", {})
    return Snippet(
        path.read_text("utf-8"),
        expected.read_text("utf-8") if expected.is_file() else "",
        float(about.get("seconds", 20)),
        str(about.get("compare", "exact")),
        float(about.get("tolerance", 0.0)),
    )


def _item(folder: Path, key: str, table: dict, facts: dict, texts: dict) -> Item:
    files = _files(folder, str(table.get("file", "")))
    text = {language: texts[language][key] for language in LANGUAGES if key in texts[language]}
    table = {**table, "answer": _answer(folder, table.get("answer"))}
    told = {language: vars(value) for language, value in text.items()}
    asked = {name: value for name, value in table.items() if name not in NEIGHBOURS}
    content = json.dumps([asked, files, told], sort_keys=True, ensure_ascii=False)
    return Item(
        id=f"{folder.name}/{key}",
        key=key,
        question=folder.name,
        form=str(table["form"]),
        level=int(table.get("level", facts["level"])),
        points=tuple(table.get("points", ())),
        facts=table,
        files=files,
        text=text,
        version=hashlib.sha256(content.encode()).hexdigest()[:10],
    )


def _answer(folder: Path, answer: object) -> object:
    """Return the answer; `snippet:KEY` names a line `KEY=…` of the snippet's recorded output."""
    if not (isinstance(answer, str) and answer.startswith("snippet:")):
        return answer
    key = answer.removeprefix("snippet:")
    for line in (folder / "expected.txt").read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and name.strip() == key:
            return float(value.split()[0])
    raise KeyError(f"expected.txt has no line {key}=…")


def _files(folder: Path, stem: str) -> dict[str, str]:
    """Return the text of an item's files by what follows the stem: "", ".fixed", ".txt" …"""
    if not stem:
        return {}
    return {
        path.name.removeprefix(stem).removesuffix(".py"): path.read_text("utf-8")
        for path in sorted(folder.glob(f"{stem}.*"))
        if path.suffix in (".py", ".txt")
    }


def _prose(tree: Part) -> Prose:
    title = next((part for part in tree.parts if part.level == 1), tree)
    sections = {part.title.strip(): part for part in title.parts}
    follow = sections.get("follow")
    return Prose(
        title.title,
        ask=_section_text(sections.get("ask")),
        short=_section_text(sections.get("short")),
        answer=_section_text(sections.get("answer")),
        board=_section_text(sections.get("board")),
        points=_by_key(sections.get("points")),
        trap=_by_key(sections.get("trap")),
        claims=_by_key(sections.get("claims")),
        follow=tuple(_follow_up(part) for part in follow.parts) if follow else (),
    )


def _section_text(section: Part | None) -> str:
    return section.text if section else ""


def _by_key(section: Part | None) -> dict[str, str]:
    return {entry.key: entry.text for entry in markdown.entries(section)} if section else {}


def _follow_up(part: Part) -> FollowUp:
    return FollowUp(part.key, part.words, part.text, tuple(_follow_up(p) for p in part.parts))


def _item_texts(tree: Part) -> dict[str, ItemText]:
    title = next((part for part in tree.parts if part.level == 1), tree)
    section = next((part for part in title.parts if part.title == "items"), None)
    return {part.key: _item_text(part) for part in section.parts} if section else {}


def _item_text(part: Part) -> ItemText:
    reasons, why = markdown.quotations(part)
    return ItemText(
        part.words,
        markdown.body(part),
        {entry.key: entry.text for entry in markdown.entries(part)},
        {entry.key: entry.text for entry in reasons},
        why,
    )


def _toml(path: Path, problems: list[Problem]) -> dict:
    text = _text(path, problems)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1) or 1
        problems.append(Problem(path, line, "toml", f"this is not valid TOML: {error}"))
        return {}


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        problems.append(Problem(path, 1, "file", f"{path.name} is missing; write it"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(path, 1, "file", f"{path.name} cannot be read: {error}"))
    return None


def _source(key: str, table: dict) -> Source:
    return Source(
        key,
        str(table.get("authors", "")),
        str(table.get("title", "")),
        int(table.get("year", 0)),
        str(table.get("url", "")),
    )


def _order(table: object) -> int:
    return table.get("order", 99) if isinstance(table, dict) else 99
