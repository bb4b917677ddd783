"""Whether a snippet may run: pure functions over what is known of the code and the server."""

from dataclasses import dataclass

from resnet_core.wording import Words
from study.sandbox.tiers import Tier


@dataclass(frozen=True)
class Server:
    """`local`: only this machine can reach it, and this session may do more than read.
    `editing`: an administrator has not switched it off. `consent`: the learner agreed once that
    edited code runs unisolated.
    """

    local: bool
    editing: bool
    consent: bool


@dataclass(frozen=True)
class Verdict:
    """`needs_consent` where one explicit yes would allow it."""

    allowed: bool
    why: Words | None = None
    needs_consent: bool = False


def judge(*, shipped: bool, tier: Tier, server: Server) -> Verdict:
    """Code that ships runs anywhere. Edited code needs isolation, or a local learner's consent."""
    if shipped:
        return Verdict(True)
    if not server.editing:
        english = "Editing is switched off on this server. The original snippets still run."
        return Verdict(False, Words("sandbox.editing_off", {}, english))
    if not server.local:
        english = (
            "Edited code does not run here: others can reach this server, or this session came "
            "without the launch link. The original snippets still run. Bind the server to "
            "127.0.0.1 to edit."
        )
        return Verdict(False, Words("sandbox.not_local", {}, english))
    if tier.isolated or server.consent:
        return Verdict(True)
    english = (
        "This machine cannot isolate code: what you edit runs like any program you start, with "
        "your files and the network. Installing bubblewrap would change that."
    )
    return Verdict(False, Words("sandbox.ask_consent", {}, english), needs_consent=True)
