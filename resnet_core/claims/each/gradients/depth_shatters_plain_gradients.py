"""The gradients of neighbouring inputs have less in common in a deeper plain net."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.each.gradients.skips_keep_gradients_correlated import looked_at
from resnet_core.claims.quantities import figure


def lost_by_depth(kind: str) -> Measure:
    """Return a measure: lag-1 autocorrelation at depth 8 minus that at depth 56."""

    def measure(evidence: Evidence) -> float:
        shallow, deep = (
            figure("shatter", f"{kind}-{depth}", "input_lag_1")(evidence) for depth in (8, 56)
        )
        return shallow - deep

    return measure


CLAIM = Claim(
    name="depth-shatters-plain-gradients",
    topic="gradients",
    tier="measured",
    experiments=(looked_at(8, False), looked_at(56, False)),
    measure=lost_by_depth("stacked"),
    predicate=Predicate("at least", 0.6),
    control=Control(
        experiments=(looked_at(8, True), looked_at(56, True)),
        measure=lost_by_depth("skipping"),
        predicate=Predicate("at most", 0.5),
    ),
    source="bald17 abstract",
)
