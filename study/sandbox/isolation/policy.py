"""Decide from the code and the server whether a snippet may run. The function is pure."""

from dataclasses import dataclass

from base.messages import Message
from study.sandbox.isolation.tiers import Tier


@dataclass(frozen=True)
class Server:
    """Hold what the policy needs to know about the server and this session.

    With `local`, only this machine can reach the server, and this session may do more than read.
    With `editing`, no administrator has switched editing off. With `consent`, the learner agreed
    once that edited code runs without isolation. With `known`, others can reach the server, but
    this session came by the launch link or logged in. With `locked`, there is a launch link and
    this session came without it.
    """

    local: bool
    editing: bool
    consent: bool
    known: bool = False
    locked: bool = False


@dataclass(frozen=True)
class Verdict:
    """Say whether code may run, and why not. With `needs_consent` an explicit yes allows it."""

    allowed: bool
    why: Message | None = None
    needs_consent: bool = False


def judge(*, shipped: bool, tier: Tier, server: Server) -> Verdict:
    """Return whether code may run.

    Code that ships runs anywhere. Edited code needs isolation, or the consent of a local learner.
    """
    if shipped:
        return Verdict(True)
    if not server.editing:
        return Verdict(False, Message("sandbox.editing_off"))
    if server.locked:
        return Verdict(False, _needs_link())
    if not server.local:
        return Verdict(True) if tier.isolated and server.known else Verdict(False, _far(tier))
    if tier.isolated or server.consent:
        return Verdict(True)
    return Verdict(False, Message("sandbox.ask_consent"), needs_consent=True)


def _needs_link() -> Message:
    return Message("sandbox.needs_link")


def _far(tier: Tier) -> Message:
    if tier.isolated:
        return Message("sandbox.far_unknown")
    return Message("sandbox.far_unisolated")
