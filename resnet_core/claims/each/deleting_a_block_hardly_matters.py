"""A trained residual net loses little accuracy when one of its blocks is deleted."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import plain, residual


def lost(arm: str) -> Measure:
    """Return a measure: accuracy lost by deleting one block, the median over the blocks."""

    def measure(evidence: Evidence) -> float:
        whole, without = (
            figure("lesion", arm, name)(evidence) for name in ("whole", "median_without")
        )
        return whole - without

    return measure


CLAIM = Claim(
    name="deleting-a-block-hardly-matters",
    topic="shortcuts",
    tier="proxy",
    experiments=(residual(20),),
    measure=lost("residual-20"),
    predicate=Predicate("at most", 0.1),
    control=Control(
        experiments=(plain(20),),
        measure=lost("plain-20"),
        predicate=Predicate("at least", 0.1),
    ),
    source="veit16 §4.1",
)
