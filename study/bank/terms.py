"""Which terms of the glossary occur in which question, in either language."""

import re
from collections.abc import Mapping

from study.bank.question import Bank, FollowUp, Prose, Question


def terms_in(question: Question, bank: Bank, language: str) -> list[str]:
    """Return the keys of the terms that a question's prose has, in the order of the glossary."""
    text = _text(question.prose[language])
    return [key for key, term in bank.glossary.items() if _occurs(term, language, text)]


def questions_with(key: str, bank: Bank, language: str) -> list[Question]:
    """Return the questions whose prose has a term, in the order of the bank."""
    term = bank.glossary[key]
    return [q for q in bank.questions if _occurs(term, language, _text(q.prose[language]))]


def _text(prose: Prose) -> str:
    told = [prose.ask, prose.short, prose.answer, prose.board]
    told += [*prose.points.values(), *prose.trap.values(), *map(_spoken, prose.follow)]
    return " ".join(told).lower()


def _spoken(one: FollowUp) -> str:
    return " ".join([one.ask, one.answer, *map(_spoken, one.then)])


def _occurs(term: Mapping[str, object], language: str, text: str) -> bool:
    """Whether a text has a term or what else it is called.

    English words match whole, also in the plural; Chinese ones anywhere.
    """
    also = term.get("also")
    others = also.get(language, []) if isinstance(also, dict) else []
    return any(_has(text, str(word).lower()) for word in (term.get(language, ""), *others) if word)


def _has(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?:s|es)?(?![a-z])", text) is not None
