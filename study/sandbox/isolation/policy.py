"""Decide whether a snippet may run, from what is known of the code and the server. It is pure."""

from dataclasses import dataclass

from base.messages import Message
from study.sandbox.isolation.tiers import Tier


@dataclass(frozen=True)
class Server:
    """Hold what the policy has to know of the server and of this session.

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
    """Say whether code may run and why not; with `needs_consent`, an explicit yes allows it."""

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
        english = "Editing is switched off on this server. The original snippets still run."
        return Verdict(False, Message("sandbox.editing_off", {}, english))
    if server.locked:
        return Verdict(False, _needs_link())
    if not server.local:
        return Verdict(True) if tier.isolated and server.known else Verdict(False, _far(tier))
    if tier.isolated or server.consent:
        return Verdict(True)
    english = (
        "This machine cannot isolate code: what you edit runs like any program you start, with "
        "your files and the network. Installing bubblewrap would change that."
    )
    return Verdict(False, Message("sandbox.ask_consent", {}, english), needs_consent=True)


def _needs_link() -> Message:
    english = (
        "Edited code does not run in this session: it came without the launch link. Open the link "
        "that `python -m ui` printed. The original snippets still run."
    )
    return Message("sandbox.needs_link", {}, english)


def _far(tier: Tier) -> Message:
    if tier.isolated:
        english = (
            "Editing is off: other computers can reach this server, and this session is nobody's. "
            "Start with `python -m ui` and open the link it prints, or log in, or bind to "
            "127.0.0.1. The original snippets still run."
        )
        return Message("sandbox.far_unknown", {}, english)
    english = (
        "Editing is off: other computers can reach this server and this machine cannot isolate "
        "code. Install bubblewrap, or bind to 127.0.0.1. The original snippets still run."
    )
    return Message("sandbox.far_unisolated", {}, english)
