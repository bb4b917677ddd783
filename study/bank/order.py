"""Define the orders in which questions can be read: along a path, by level, by weakness."""

from collections.abc import Mapping, Sequence

from study.bank.question import Question


def by_path(questions: Sequence[Question]) -> list[Question]:
    """Return the questions so that each comes after what it builds on, easy ones first.

    `after` names the questions that a question builds on. Names that are not among the questions
    are ignored, and so is a cycle, which the linter reports.
    """
    place = {question.id: number for number, question in enumerate(questions)}
    waiting = sorted(questions, key=lambda question: (question.level, place[question.id]))
    read: set[str] = set()
    ordered: list[Question] = []
    while waiting:
        ready = (q for q in waiting if all(one in read or one not in place for one in q.after))
        chosen = next(ready, waiting[0])
        waiting.remove(chosen)
        read.add(chosen.id)
        ordered.append(chosen)
    return ordered


def by_level(questions: Sequence[Question]) -> list[Question]:
    """Return the questions by level, easy ones first; within a level the order is kept."""
    return sorted(questions, key=lambda question: question.level)


def by_weakness(questions: Sequence[Question], recall: Mapping[str, float]) -> list[Question]:
    """Return the least remembered questions first; those never answered come last."""
    return sorted(questions, key=lambda question: recall.get(question.id, 1.0))
