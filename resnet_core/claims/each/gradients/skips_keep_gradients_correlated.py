"""At depth 56 neighbouring inputs have similar gradients with skips and dissimilar ones without."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import UNTRAINED, WIDTH, arm
from resnet_core.experiment.config import Experiment, NetConfig


def looked_at(depth: int, skip: bool) -> Experiment:
    """Return an untrained net and the measurement of its gradients' correlation along a line."""
    kind = "skipping" if skip else "stacked"
    net = NetConfig(depth, WIDTH, skip=skip)
    return arm(f"{kind}-{depth}", net, UNTRAINED, measure=("shatter",))


def more_with_skips(depth: int) -> Measure:
    """Return a measure: lag-1 autocorrelation with skips minus that without."""

    def measure(evidence: Evidence) -> float:
        ours, theirs = (
            figure("shatter", f"{kind}-{depth}", "input_lag_1")(evidence)
            for kind in ("skipping", "stacked")
        )
        return ours - theirs

    return measure


CLAIM = Claim(
    name="skips-keep-gradients-correlated",
    topic="gradients",
    tier="measured",
    experiments=(looked_at(56, True), looked_at(56, False)),
    measure=more_with_skips(56),
    predicate=Predicate("at least", 0.3),
    control=Control(
        experiments=(looked_at(8, True), looked_at(8, False)),
        measure=more_with_skips(8),
        predicate=Predicate("at most", 0.15),
    ),
    source="bald17 abstract",
)
