"""After a few steps BatchNorm's moving averages are not yet those of the data."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.settings import SHORT, WIDTH, arm
from resnet_core.experiment.config import Experiment, NetConfig

# Our momentum is 0.9: after 3 steps the averages hold 27 %, as after 30 at Keras' 0.99.
EARLY = replace(SHORT, steps=3)


def early(name: str, net: NetConfig) -> Experiment:
    """Return a run of a few steps, and the loss in both modes afterwards."""
    return arm(name, net, EARLY, measure=("loss_slice",))


def lag(name: str) -> Measure:
    """Return a measure: loss by the moving averages minus that by the statistics of the batch.

    Of the same weights on the same 250 training images: the middle of the slice.
    """

    def measure(evidence: Evidence) -> float:
        found = evidence.of("diagnostic", name)
        both = next(event["figures"] for event in found if event["name"] == "loss_slice")
        middle = len(both["at"]) // 2
        return float(both["moving"][middle] - both["batch"][middle])

    return measure


CLAIM = Claim(
    name="moving-averages-lag-behind",
    topic="batchnorm",
    tier="measured",
    experiments=(early("early-20", NetConfig(20, WIDTH)),),
    measure=lag("early-20"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(early("early-bare-8", NetConfig(8, WIDTH, batch_norm=False)),),
        measure=lag("early-bare-8"),
        predicate=Predicate("about", 0.0, 0.001),
    ),
    source='keras-bn "momentum"',
)
