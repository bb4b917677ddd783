"""In bfloat16 a plain net's first gradient is noise; its residual twin's is not."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import figure
from resnet_core.claims.settings import UNTRAINED, WIDTH, arm
from resnet_core.experiment.config import NetConfig

SECOND = 1  # place of a weight layer: the convolution after the stem
STACKED = arm(
    "rounded-plain-56", NetConfig(56, WIDTH, skip=False), UNTRAINED, measure=("precision",)
)
SKIPPING = arm("rounded-residual-56", NetConfig(56, WIDTH), UNTRAINED, measure=("precision",))

CLAIM = Claim(
    name="plain-gradient-is-noise-in-bfloat16",
    topic="optimisation",
    tier="measured",
    experiments=(STACKED,),
    measure=figure("precision", "rounded-plain-56", "bfloat16", SECOND),
    predicate=Predicate("at most", 0.5),
    control=Control(
        experiments=(SKIPPING,),
        measure=figure("precision", "rounded-residual-56", "bfloat16", SECOND),
        predicate=Predicate("at least", 0.8),
    ),
    source="micikevicius17 §3",
    rests_on=("bn-plain-explodes-at-init",),
)
