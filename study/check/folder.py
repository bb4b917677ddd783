"""Give the rules a question with its typed form, its files, and the lines of their parts."""

import re
from dataclasses import dataclass
from pathlib import Path

from study.bank import markdown
from study.bank.markdown import Part
from study.bank.question import LANGUAGES, Problem, Question


@dataclass(frozen=True)
class Folder:
    """Hold a question's files: `facts` is question.toml as written, `trees` the parsed Markdown."""

    question: Question
    facts: dict
    toml: str
    texts: dict[str, str]
    trees: dict[str, Part]

    @classmethod
    def of(cls, question: Question, facts: dict) -> "Folder":
        """Read the files of a question."""
        path = question.path
        texts = {code: (path / f"{code}.md").read_text("utf-8") for code in LANGUAGES}
        trees = {code: markdown.parse(text) for code, text in texts.items()}
        return cls(question, facts, (path / "question.toml").read_text("utf-8"), texts, trees)

    @property
    def path(self) -> Path:
        return self.question.path

    def sections(self, language: str) -> list[Part]:
        """Return the sections of the Markdown in a language."""
        title = self.title(language)
        return title.parts if title else []

    def section(self, language: str, name: str) -> Part | None:
        """Return the section of this name, or None."""
        return next((part for part in self.sections(language) if part.title == name), None)

    def title(self, language: str) -> Part | None:
        """Return the heading of level 1, or None."""
        return next((part for part in self.trees[language].parts if part.level == 1), None)

    def part(self, language: str, item: str) -> Part | None:
        """Return the heading of an item."""
        items = self.section(language, "items")
        return next((p for p in items.parts if p.key == item), None) if items else None

    def in_toml(self, pattern: str, message: str, rule: str) -> Problem:
        """Return a problem on the first line of question.toml that matches, or else on line 1."""
        lines = self.toml.splitlines()
        found = (n for n, line in enumerate(lines, start=1) if re.search(pattern, line))
        return Problem(self.path / "question.toml", next(found, 1), rule, message)

    def in_prose(self, language: str, line: int, message: str, rule: str) -> Problem:
        """Return a problem on a line of the Markdown in a language."""
        return Problem(self.path / f"{language}.md", line, rule, message)
