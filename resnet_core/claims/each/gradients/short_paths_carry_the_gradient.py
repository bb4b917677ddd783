"""The gradient of a residual net comes through shorter paths than most of its paths are."""

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig


def length(name: str) -> Measure:
    """Return a measure: mean path length of the gradient over the mean of all paths."""

    def measure(evidence: Evidence) -> float:
        carried, of_all = (
            figure("paths", name, part)(evidence) for part in ("mean_length", "binomial_mean")
        )
        return carried / of_all

    return measure


STACKED = arm("pathless-8", NetConfig(8, WIDTH, skip=False), measure=("paths",))

CLAIM = Claim(
    name="short-paths-carry-the-gradient",
    topic="gradients",
    tier="proxy",
    experiments=(residual(56),),
    measure=length("residual-56"),
    predicate=Predicate("at most", 0.85),
    control=Control(
        experiments=(STACKED,),
        measure=length("pathless-8"),
        predicate=Predicate("about", 1.0, 0.01),
    ),
    source="veit16 §5",
    rests_on=("most-paths-are-long",),
)
