"""Read from the records that ship whether a claim held here, and which way its effect pointed."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from base.messages import Message
from resnet_core import claims
from resnet_core.claims import CLAIMS, Claim, Record
from resnet_core.claims.record import ENOUGH
from resnet_core.claims.shown import asked, interval

Direction = Literal["stated", "reversed", "mixed"]
DIRECTIONS: tuple[Direction, ...] = ("stated", "reversed", "mixed")
BY_SIGN: dict[int, Direction] = {1: "stated", -1: "reversed", 0: "mixed"}
DEEP = 50  # layers from which a net counts as deep


@dataclass(frozen=True)
class Finding:
    """Hold what the record of one claim says.

    `direction` is that of all seeds, where the number is a difference and the claim states which
    side is higher; "mixed" where the seeds disagree, None for other numbers. `trained` says that
    the difference comes after training and not at initialisation, `deep` that a net is deep.
    """

    name: str
    holds: bool
    direction: Direction | None
    trained: bool
    deep: bool
    told: Message

    @property
    def title(self) -> Message:
        return CLAIMS[self.name].words("title")


@cache
def findings() -> dict[str, Finding]:
    """Return the findings of every claim that was measured over seeds, by name.

    Left out is what cannot be answered fairly: an exact claim, which needs no experiment; one that
    only its negative control refutes; and one that points its way in every seed, but by less than
    was required, since its title is then true.
    """
    found = {}
    for name in CLAIMS:
        record = claims.record(name)
        if record is None or len(record.seeds) < 2 or CLAIMS[name].tier == "exact":
            continue
        if _speaks_for_itself(record):
            found[name] = _finding(record)
    return found


def _speaks_for_itself(record: Record) -> bool:
    own = record.held >= ENOUGH * len(record.values)
    too_little = record.sense == "at least" and record.direction > 0
    return record.holds is own and (own or not too_little)


def _finding(record: Record) -> Finding:
    claim = CLAIMS[record.claim]
    told = Message(
        "drill.claim_told",
        {
            "quantity": claim.words("quantity"),
            "effect": interval(record.effect),
            "asked": asked(record.predicate),
            "held": record.held,
            "seeds": len(record.values),
        },
    )
    direction = BY_SIGN[record.direction] if _is_difference(claim, record) else None
    nets = [net for experiment in claim.experiments for net in experiment.arms.values()]
    deep = any(net.depth >= DEEP for net in nets)
    return Finding(record.claim, record.holds, direction, claim.trains, deep, told)


def _is_difference(claim: Claim, record: Record) -> bool:
    """Say whether zero means "no effect": a factor is asked to be above 1, a difference above 0."""
    return claim.scale == "linear" and record.sense == "at least" and 0 < record.threshold < 1
