"""With two images a batch, BatchNorm's statistics are too noisy to train well."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Measure, Predicate
from resnet_core.claims.quantities import WINDOW, last_loss
from resnet_core.claims.settings import NEVER, SHORT, WIDTH, arm
from resnet_core.experiment.config import NetConfig

STEPS = 60
FEWER = 32  # a batch of 2 is a thirty-second of one of 64
# The same images, and the linear scaling rule (Goyal et al. 2017, section 2.1) for the rate.
LARGE = replace(SHORT, steps=STEPS)
SMALL = replace(
    LARGE,
    batch=LARGE.batch // FEWER,
    steps=STEPS * FEWER,
    learning_rate=LARGE.learning_rate / FEWER,
    checkpoint_every=NEVER,
)
WITH, WITHOUT = NetConfig(8, WIDTH), NetConfig(8, WIDTH, batch_norm=False)


def dearer(small: str, large: str) -> Measure:
    """Return a measure: training loss with batches of 2 minus that with 64, over as many images."""

    def measure(evidence: Evidence) -> float:
        return last_loss(evidence, small, WINDOW * FEWER) - last_loss(evidence, large)

    return measure


CLAIM = Claim(
    name="batch-of-two-spoils-batchnorm",
    topic="batchnorm",
    tier="proxy",
    experiments=(arm("two-8", WITH, SMALL), arm("sixty-four-8", WITH, LARGE)),
    measure=dearer("two-8", "sixty-four-8"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(arm("two-bare-8", WITHOUT, SMALL), arm("sixty-four-bare-8", WITHOUT, LARGE)),
        measure=dearer("two-bare-8", "sixty-four-bare-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="gn18 Table 2",
)
