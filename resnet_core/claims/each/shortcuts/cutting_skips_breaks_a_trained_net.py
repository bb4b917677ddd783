"""A net that was trained with skips fails without them, from one step to the next."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.settings import SHORT, plain, residual

CUT = 100
BEFORE = 10
WATCHED = replace(SHORT, steps=CUT + 4, learning_rate=0.05)


def jump(arm: str) -> Measure:
    """Return a measure: loss of the first batch after the cut minus the mean loss before it."""

    def measure(evidence: Evidence) -> float:
        losses = [event["loss"] for event in evidence.of("step", arm)]
        return float(losses[CUT] - sum(losses[CUT - BEFORE : CUT]) / BEFORE)

    return measure


CLAIM = Claim(
    name="cutting-skips-breaks-a-trained-net",
    topic="shortcuts",
    tier="measured",
    experiments=(residual(20, WATCHED),),
    measure=jump("residual-20"),
    predicate=Predicate("at least", 0.3),
    control=Control(
        experiments=(plain(20, WATCHED),),
        measure=jump("plain-20"),
        predicate=Predicate("about", 0.0, 0.3),
    ),
    source="veit16 §4",
    cuts=CUT,
)
