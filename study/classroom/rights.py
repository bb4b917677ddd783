"""Decide what each person may do. Every function raises NotAllowed, whatever the page showed."""

from base.messages import Message
from base.refusals import Refusal
from study.classroom.people import Person


class NotAllowed(Refusal):
    """Raised for what this person may not do."""


def learner(person: Person | None) -> Person:
    """Return the person who is logged in."""
    if person is None:
        raise NotAllowed(Message("class.log_in_first"))
    return person


def teacher(person: Person | None) -> Person:
    """Return the person if they teach."""
    if not learner(person).teacher:
        raise NotAllowed(Message("class.teachers_only"))
    return learner(person)


def of_whom(person: Person | None, profile: str) -> str:
    """Return the profile if it is the person's own or the person teaches."""
    asks = learner(person)
    if asks.profile != profile and not asks.teacher:
        raise NotAllowed(Message("class.not_yours"))
    return profile
