"""What is allowed to whom. Every function raises NotAllowed, whatever the page showed."""

from base.messages import Message, UserError
from study.classroom.people import Person


class NotAllowed(UserError):  # noqa: N818 - a refusal is no failure of the program
    """Raised for what this person may not do."""


def learner(person: Person | None) -> Person:
    """Return the person who is logged in."""
    if person is None:
        english = "Log in first: this belongs to somebody who is in the class."
        raise NotAllowed(Message("class.log_in_first", {}, english))
    return person


def teacher(person: Person | None) -> Person:
    """Return the person, who teaches."""
    if not learner(person).teacher:
        english = "Only a teacher of this class may do this."
        raise NotAllowed(Message("class.teachers_only", {}, english))
    return learner(person)


def of_whom(person: Person | None, profile: str) -> str:
    """Return the profile, if it is the person's own or the person teaches."""
    asks = learner(person)
    if asks.profile != profile and not asks.teacher:
        english = "This is another learner's. You can see only your own."
        raise NotAllowed(Message("class.not_yours", {}, english))
    return profile
