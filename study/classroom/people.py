"""Derive who somebody is from what the login provider says about them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from study.classroom.server_file import People


@dataclass(frozen=True)
class Person:
    """Describe a person.

    `profile` names this person's rows and folder. It is a hash of issuer and subject, so it is
    never a path or an address, and belongs to nobody else.
    """

    profile: str
    name: str
    teacher: bool = False


def profile_of(issuer: str, subject: str) -> str:
    """Return the profile of a subject of an issuer, which is always the same."""
    told = f"{issuer.rstrip('/')}\n{subject}".encode()
    return f"p-{hashlib.sha256(told).hexdigest()[:32]}"


def person_of(claims: Mapping[str, Any], people: People, now: float) -> Person | None:
    """Return the person to whom the claims of a login belong, or None.

    It is None without a login, for a login that is too old, and for a person who is not on the list
    of learners. `now` is in seconds since 1970.
    """
    subject = claims.get("sub")
    if claims.get("is_logged_in") is not True or not isinstance(subject, str) or not subject:
        return None
    if now - _number(claims.get("iat")) > people.hours * 3600:
        return None
    known_as = {subject, *_verified_address(claims)}
    teacher = bool(known_as & set(people.teachers)) or _has_role(claims, people)
    if people.learners and not teacher and not known_as & set(people.learners):
        return None
    return Person(profile_of(str(claims.get("iss", "")), subject), _name(claims), teacher)


def _verified_address(claims: Mapping[str, Any]) -> set[str]:
    """Return the address if the provider says that it is verified, otherwise nothing."""
    address = claims.get("email")
    verified = claims.get("email_verified") in (True, "true")
    return {address} if isinstance(address, str) and address and verified else set()


def _has_role(claims: Mapping[str, Any], people: People) -> bool:
    """Return whether the role claim, a text or a list of texts, names a teacher."""
    if not people.role_claim:
        return False
    told = claims.get(people.role_claim)
    values = told if isinstance(told, list | tuple) else [told]
    return any(value in people.teacher_values for value in values if isinstance(value, str))


def _name(claims: Mapping[str, Any]) -> str:
    told = next((claims[key] for key in ("name", "email", "sub") if claims.get(key)), "")
    return " ".join(str(told).split())[:100]


def _number(told: object) -> float:
    """Return a time, or 0, which is long ago, if there is none."""
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else 0.0
