"""Label smoothing lowers the calibration error."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import SHORT, WIDTH, arm
from resnet_core.experiment.config import Experiment, NetConfig

NET = NetConfig(20, WIDTH)


def smoothed(name: str, share: float) -> Experiment:
    """Return a run with label smoothing, and what it is sure of afterwards."""
    return arm(name, NET, replace(SHORT, label_smoothing=share), measure=("confusion",))


def improved(name: str) -> Measure:
    """Return a measure: calibration error without smoothing minus that with it."""
    hard = figure("confusion", "hard-labels-20", "calibration_error")
    soft = figure("confusion", name, "calibration_error")

    def measure(evidence: Evidence) -> float:
        return hard(evidence) - soft(evidence)

    return measure


HARD = smoothed("hard-labels-20", 0.0)

CLAIM = Claim(
    name="smoothing-calibrates",
    topic="regularisation",
    tier="fails-here",
    experiments=(HARD, smoothed("smoothed-20", 0.1)),
    measure=improved("smoothed-20"),
    predicate=Predicate("at least", 0.02),
    control=Control(
        experiments=(HARD, smoothed("hardly-smoothed-20", 0.001)),
        measure=improved("hardly-smoothed-20"),
        predicate=Predicate("about", 0.0, 0.05),
    ),
    source="muller19 §3, Table 3",
)
