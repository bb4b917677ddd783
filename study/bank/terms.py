"""Find which terms of the glossary occur in which question, in either language."""

import re
from collections.abc import Mapping

from study.bank.question import Bank, FollowUp, Prose, Question


def questions_by_term(bank: Bank, language: str) -> dict[str, list[Question]]:
    """Return for each term of the glossary the questions whose prose uses it, in bank order."""
    texts = [(question, _text(question.prose[language])) for question in bank.questions]
    return {
        key: [question for question, text in texts if _occurs(term, language, text)]
        for key, term in bank.glossary.items()
    }


def _text(prose: Prose) -> str:
    told = [prose.ask, prose.short, prose.answer, prose.board]
    told += [*prose.points.values(), *prose.trap.values(), *map(_spoken, prose.follow)]
    return " ".join(told).lower()


def _spoken(one: FollowUp) -> str:
    return " ".join([one.ask, one.answer, *map(_spoken, one.then)])


def _occurs(term: Mapping[str, object], language: str, text: str) -> bool:
    """Return whether a text has a term or one of its other names.

    English words match whole, also in the plural. Chinese ones match anywhere.
    """
    also = term.get("also")
    others = also.get(language, []) if isinstance(also, dict) else []
    return any(_has(text, str(word).lower()) for word in (term.get(language, ""), *others) if word)


def _has(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?:s|es)?(?![a-z])", text) is not None
