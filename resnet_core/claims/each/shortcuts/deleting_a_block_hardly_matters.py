"""A trained residual net loses little accuracy when one of its blocks is deleted."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import plain, residual

CHANCE = 0.1


def lost(arm: str) -> Measure:
    """Return a measure: median share of the accuracy above chance that is lost with one block."""

    def measure(evidence: Evidence) -> float:
        whole, without = (
            figure("lesion", arm, name)(evidence) for name in ("whole", "median_without")
        )
        return (whole - without) / (whole - CHANCE)

    return measure


CLAIM = Claim(
    name="deleting-a-block-hardly-matters",
    topic="shortcuts",
    tier="proxy",
    experiments=(residual(20),),
    measure=lost("residual-20"),
    predicate=Predicate("at most", 0.4),
    control=Control(
        experiments=(plain(20),),
        measure=lost("plain-20"),
        predicate=Predicate("at least", 0.6),
    ),
    source="veit16 §4.1",
)
