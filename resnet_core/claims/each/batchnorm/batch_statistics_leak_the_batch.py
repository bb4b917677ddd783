"""Evaluated with batch statistics, a net fails on batches that hold a single class."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import SHORT, WIDTH, arm
from resnet_core.experiment.config import NetConfig

MODES = "modes-8"


def cost(batches: str) -> Measure:
    """Return a measure: accuracy by moving averages minus that by the statistics of batches."""
    moving = figure("batch_statistics", MODES, "moving")
    by_batch = figure("batch_statistics", MODES, batches)

    def measure(evidence: Evidence) -> float:
        return moving(evidence) - by_batch(evidence)

    return measure


TRAINED = arm(MODES, NetConfig(8, WIDTH), SHORT, measure=("batch_statistics",))

CLAIM = Claim(
    name="batch-statistics-leak-the-batch",
    topic="batchnorm",
    tier="measured",
    experiments=(TRAINED,),
    measure=cost("sorted"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(TRAINED,),
        measure=cost("mixed"),
        predicate=Predicate("at most", 0.05),
    ),
    source="bn15 §3.1",
)
