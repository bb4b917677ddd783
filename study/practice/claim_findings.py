"""Read from the records that ship whether a claim held here, and which way its effect pointed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from base.messages import Message
from resnet_core import claims
from resnet_core.claims import CLAIMS, Effect, Record
from resnet_core.claims.quantities import is_difference
from resnet_core.claims.record import ENOUGH
from resnet_core.claims.shown import asked, interval

Direction = Literal["stated", "reversed", "unclear"]
DIRECTIONS: tuple[Direction, ...] = ("stated", "reversed", "unclear")


@dataclass(frozen=True)
class Finding:
    """Hold what the record of one claim says.

    `direction` is that of the effect, where the number is one loss minus another and the claim
    states which is higher; None for other numbers.
    """

    name: str
    holds: bool
    direction: Direction | None
    told: Message

    @property
    def title(self) -> Message:
        return CLAIMS[self.name].words("title")


@cache
def findings() -> dict[str, Finding]:
    """Return the findings of every claim that was measured over seeds, by name.

    A claim that only its negative control refutes is left out: its own number says the opposite.
    """
    found = {}
    for name in CLAIMS:
        record = claims.record(name)
        if record is not None and len(record.seeds) > 1 and _speaks_for_itself(record):
            found[name] = _finding(record)
    return found


def direction(effect: Effect, values: Sequence[float]) -> Direction:
    """Return on which side of zero the interval lies; all values count where there is none."""
    low = min(values) if effect.low is None else effect.low
    high = max(values) if effect.high is None else effect.high
    return "stated" if low > 0 else "reversed" if high < 0 else "unclear"


def _speaks_for_itself(record: Record) -> bool:
    return record.holds is (record.held >= ENOUGH * len(record.values))


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
    signed = is_difference(claim.measure) and record.sense == "at least"
    points = direction(record.effect, record.values) if signed else None
    return Finding(record.claim, record.holds, points, told)
