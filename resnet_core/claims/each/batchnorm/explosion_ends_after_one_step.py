"""The explosion of a BatchNorm plain net's gradient is gone after the first update."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import ratio_between
from resnet_core.claims.settings import FIRST_STEPS, WIDTH, arm, plain
from resnet_core.experiment.config import NetConfig

RESTING = arm(
    "resting-56", NetConfig(56, WIDTH, skip=False), replace(FIRST_STEPS, learning_rate=1e-6)
)

CLAIM = Claim(
    name="explosion-ends-after-one-step",
    topic="batchnorm",
    tier="measured",
    experiments=(plain(56, FIRST_STEPS),),
    measure=ratio_between("plain-56", 1),
    predicate=Predicate("at most", 0.1),
    control=Control(
        experiments=(RESTING,),
        measure=ratio_between("resting-56", 1),
        predicate=Predicate("at least", 0.3),
    ),
    source="yang19 abstract",
    scale="log",
    rests_on=("bn-plain-explodes-at-init",),
)
