"""Split a question's Markdown into its keyed parts, each with its line number."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

HEADING = re.compile(r"^(#{1,4}) +(.*?) *$")
KEYED = re.compile(r"^`([a-z0-9][a-z0-9-]*)` *(.*)$", re.S)
BULLET = re.compile(r"^(?:[-*]|\d+\.) +(.*)$")


@dataclass
class Part:
    """Hold a heading and what is below it, up to the next heading of its level or above."""

    level: int
    title: str
    line: int
    lines: list[str] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text between this heading and the next one."""
        return "\n".join(self.lines).strip()

    @property
    def key(self) -> str:
        """Return the key in backticks at the start of the heading, or ""."""
        found = KEYED.match(self.title)
        return found[1] if found else ""

    @property
    def words(self) -> str:
        """Return the heading without its key."""
        found = KEYED.match(self.title)
        return found[2] if found else self.title


@dataclass(frozen=True)
class Entry:
    """Hold a list item or quotation that begins with a key in backticks."""

    key: str
    text: str
    line: int


def parse(text: str) -> Part:
    """Return the document as a tree of headings. Headings inside code fences are code."""
    root = Part(0, "", 1)
    open_parts, fence = [root], ""
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _fence_after(line, fence)
        found = None if fence else HEADING.match(line)
        if not found:
            open_parts[-1].lines.append(line)
            continue
        part = Part(len(found[1]), found[2], number)
        while open_parts[-1].level >= part.level:
            open_parts.pop()
        open_parts[-1].parts.append(part)
        open_parts.append(part)
    return root


def entries(part: Part) -> list[Entry]:
    """Return the keyed list items of a part. Lines indented below an item belong to it."""
    return _keyed(part, _after_bullet)


def quotations(part: Part) -> tuple[list[Entry], str]:
    """Return the keyed quotations, and the text of the quotation without a key."""
    keyed = _keyed(part, lambda line: line[1:].strip() if line.startswith(">") else None)
    free = [
        line[1:].strip()
        for line in part.lines
        if line.startswith(">") and not KEYED.match(line[1:].strip())
    ]
    return keyed, "\n".join(free).strip()


def body(part: Part) -> str:
    """Return the text of a part without its keyed list items and quotations."""
    kept, skipping = [], False
    for line in part.lines:
        bullet = BULLET.match(line)
        if line.startswith(">") or (bullet and KEYED.match(bullet[1])):
            skipping = not line.startswith(">")
        elif not (skipping and line.startswith("  ")):
            kept.append(line)
            skipping = False
    return "\n".join(kept).strip()


def _after_bullet(line: str) -> str | None:
    bullet = BULLET.match(line)
    return bullet[1] if bullet else None


def _keyed(part: Part, opening: Callable[[str], str | None]) -> list[Entry]:
    found: list[Entry] = []
    for offset, line in enumerate(part.lines, start=1):
        content = opening(line)
        keyed = KEYED.match(content) if content else None
        if keyed:
            found.append(Entry(keyed[1], keyed[2].strip(), part.line + offset))
        elif found and line.startswith("  ") and line.strip():
            last = found[-1]
            found[-1] = Entry(last.key, f"{last.text}\n{line.strip()}", last.line)
    return found


def _fence_after(line: str, fence: str) -> str:
    """Return the fence that is open after a line."""
    mark = line.lstrip()[:3]
    if fence:
        return "" if mark == fence and line.strip() == fence else fence
    return mark if mark in ("```", "~~~") else ""
