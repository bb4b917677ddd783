"""Write the bank as an Anki deck: a card for each item and each follow-up, with code and math.

Ids depend only on the item and the language, so importing a later export updates the cards and
keeps what Anki knows of them. Charts are left out, because Anki cannot draw them.
"""

import hashlib
import html
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from study.bank import units
from study.bank.citations import CITATION, cited
from study.bank.question import Bank, FollowUp, Item, Question, Source
from study.practice.grading import bug_lines, choices

CSS = """
.card { font-family: system-ui, sans-serif; font-size: 18px; line-height: 1.6; text-align: left;
  max-width: 44rem; margin: 0 auto; padding: 0.5rem; }
pre { font-size: 14px; line-height: 1.45; overflow-x: auto; padding: 0.6rem; border-radius: 6px;
  background: #8881; text-align: left; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; }
table { border-collapse: collapse; } td, th { border: 1px solid #8886; padding: 0.2rem 0.5rem; }
.from { font-size: 13px; opacity: 0.65; }
.right { color: #009e73; font-weight: 600; } .wrong { color: #d55e00; font-weight: 600; }
"""
FRONT = '<div class="from">{{From}}</div>{{Front}}'
BACK = '{{FrontSide}}<hr id="answer">{{Back}}'
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Note:
    """Hold the HTML of both sides and a `key` that is stable."""

    key: str
    front: str
    back: str
    source: str
    tags: tuple[str, ...]
    topic: str


def notes(bank: Bank, language: str) -> list[Note]:
    """Return the notes of all questions in a language."""
    return [note for question in bank.questions for note in _of(question, bank, language)]


def write(bank: Bank, language: str, path: Path) -> int:
    """Write an .apkg with a deck for each topic, and return the number of cards."""
    import genanki

    model = genanki.Model(
        _number(f"model/{language}"),
        f"Residual ({language})",
        fields=[{"name": name} for name in ("Front", "Back", "From")],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )
    decks: dict[str, genanki.Deck] = {}
    made = notes(bank, language)
    for note in made:
        title = bank.topics.get(note.topic, {}).get(language, note.topic)
        name = f"Residual ({language})::{title}"
        deck = decks.setdefault(name, genanki.Deck(_number(f"{language}/{note.topic}"), name))
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[note.front, note.back, html.escape(note.source)],
                tags=list(note.tags),
                guid=genanki.guid_for("residual", language, note.key),
            )
        )
    genanki.Package(list(decks.values())).write_to_file(path)
    return len(made)


def _number(name: str) -> int:
    """Return a stable id in the range that Anki accepts."""
    return int(hashlib.sha256(f"residual/{name}".encode()).hexdigest()[:8], 16) + (1 << 30)


def _of(question: Question, bank: Bank, language: str) -> Iterator[Note]:
    title = question.title[language]
    for item in question.items:
        side = SIDES.get(item.form)
        if side is None:
            continue
        front, back = side(item, question, language)
        why = item.text[language].why
        tags = (question.topic, f"level{item.level}", item.form, question.id)
        yield Note(
            item.id,
            _html(_prompt(item, language), bank) + _html(front, bank),
            _html(f"{back}\n\n{why}", bank),
            title,
            tags,
            question.topic,
        )
    for path, one in _tree(question.prose[language].follow):
        key = f"{question.id}/follow/{path}"
        tags = (question.topic, f"level{question.level}", "follow-up", question.id)
        front, back = _html(one.ask, bank), _html(one.answer, bank)
        yield Note(key, front, back, title, tags, question.topic)


def _tree(follow: tuple[FollowUp, ...], before: str = "") -> Iterator[tuple[str, FollowUp]]:
    for one in follow:
        yield before + one.key, one
        yield from _tree(one.then, f"{before}{one.key}/")


def _prompt(item: Item, language: str) -> str:
    text = item.text[language]
    return f"**{text.prompt}**\n\n{text.body}"


def _choice(item: Item, question: Question, language: str) -> tuple[str, str]:
    keys = choices(item)
    random.Random(item.id).shuffle(keys)
    return _options(keys, item.facts["answer"], item, language)


def _options(keys: list[str], right: str, item: Item, language: str) -> tuple[str, str]:
    text = item.text[language]
    front, back = [], []
    for letter, key in zip(LETTERS, keys, strict=False):
        told = text.choices.get(key, key)
        front.append(f"- {letter}. {told}")
        reason = f"  \n  {text.reasons[key]}" if text.reasons.get(key) else ""
        back.append(f"- {'✔' if key == right else '✘'} {letter}. {told}{reason}")
    return "\n".join(front), "\n".join(back)


def _sentence(item: Item, question: Question, language: str) -> tuple[str, str]:
    text, wrong = item.text[language], item.facts["wrong"]
    keys = choices(item)
    front = [f"{n}. {text.choices.get(key, key)}" for n, key in enumerate(keys, start=1)]
    back = [f"✘ {keys.index(wrong) + 1}. ~~{text.choices.get(wrong, wrong)}~~"]
    return "\n".join(front), "\n\n".join([*back, text.reasons.get(wrong, "")])


def _amount(item: Item, question: Question, language: str) -> tuple[str, str]:
    unit = units.word(item.facts.get("unit", ""), language)
    return (f"[{unit}]" if unit else ""), f"✔ **{item.facts['answer']:,.10g}** {unit}"


def _output(item: Item, question: Question, language: str) -> tuple[str, str]:
    return _fenced(item.files[""]), _fenced(item.files.get(".txt", ""), "text")


def _bug(item: Item, question: Question, language: str) -> tuple[str, str]:
    lines = item.files[""].splitlines()
    numbered = "\n".join(f"{n:>3}  {line}" for n, line in enumerate(lines, start=1))
    keys = choices(item)
    random.Random(item.id).shuffle(keys)
    front, back = _options(keys, item.facts["answer"], item, language)
    # Options name the line, so they go on the back.
    found = ", ".join(f"{n}" for n in bug_lines(item))
    fixed = _fenced(item.files.get(".fixed", ""))
    return _fenced(numbered), f"✔ **{found}**\n\n{back}\n\n{fixed}"


def _order(item: Item, question: Question, language: str) -> tuple[str, str]:
    lines = item.facts.get("lines")
    right = list(lines or item.facts["steps"])
    shuffled = sorted(right)
    random.Random(item.id).shuffle(shuffled)
    if lines:
        return _fenced("\n".join(shuffled)), _fenced("\n".join(right))
    texts = item.text[language].choices
    front = "\n".join(f"- {texts.get(key, key)}" for key in shuffled)
    return front, "\n".join(f"{n}. {texts.get(key, key)}" for n, key in enumerate(right, start=1))


def _recall(item: Item, question: Question, language: str) -> tuple[str, str]:
    text = question.prose[language]
    points = [
        f"- {text.points.get(point, point)}{' ★' if question.points[point] == 2 else ''}"
        for point in item.points or question.points
    ]
    return "", "\n".join([*points, "", text.short])


def _code(item: Item, question: Question, language: str) -> tuple[str, str]:
    """Return both sides; the hidden cases become a checklist, because Anki runs no code."""
    cases = "\n".join(f"- {told}" for told in item.text[language].choices.values())
    return _fenced(item.files[""]), f"{_fenced(item.files.get('.solution', ''))}\n\n{cases}"


Side = Callable[[Item, Question, str], tuple[str, str]]
SIDES: dict[str, Side] = {
    "choice": _choice,
    "answer": _sentence,
    "number": _amount,
    "output": _output,
    "bug": _bug,
    "order": _order,
    "recall": _recall,
    "code": _code,
}


def _fenced(code: str, language: str = "python") -> str:
    return f"```{language}\n{code.rstrip()}\n```"


def _html(text: str, bank: Bank) -> str:
    rendered: str = _markdown().render(CITATION.sub(lambda found: _cited(found, bank), text))
    return rendered


def _cited(found: re.Match[str], bank: Bank) -> str:
    sources = cited(found)
    if any(key not in bank.sources for key, _ in sources):
        return found[0]
    return " ".join(_link(bank.sources[key], place) for key, place in sources)


def _link(source: Source, place: str) -> str:
    first = source.authors.split(",")[0].strip()
    return f"[({first} {source.year} {place}".rstrip() + f")]({source.url})"


def _markdown() -> MarkdownIt:
    """Return a CommonMark renderer with tables and Anki's math delimiters, without raw HTML."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return made.use(dollarmath_plugin, renderer=_math, double_inline=True)


def _math(content: str, options: dict) -> str:
    opening, closing = (r"\[", r"\]") if options.get("display_mode") else (r"\(", r"\)")
    return f"{opening}{html.escape(content)}{closing}"
