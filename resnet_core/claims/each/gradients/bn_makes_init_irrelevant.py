"""With BatchNorm the explosion comes whatever the initialisation."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.each.gradients.no_bn_glorot_vanishes import GLOROT
from resnet_core.claims.quantities import backward_ratio
from resnet_core.claims.settings import AT_START, WIDTH, arm
from resnet_core.experiment.config import NetConfig

GLOROT_BN = arm("glorot-bn-56", NetConfig(56, WIDTH, skip=False, init="glorot"), AT_START)

CLAIM = Claim(
    name="bn-makes-init-irrelevant",
    topic="gradients",
    tier="measured",
    experiments=(GLOROT_BN,),
    measure=backward_ratio("glorot-bn-56"),
    predicate=Predicate("at least", 100.0),
    control=Control(
        experiments=(GLOROT,),
        measure=backward_ratio("glorot-56"),
        predicate=Predicate("at most", 10.0),
    ),
    source="yang19 abstract",
    scale="log",
    rests_on=("bn-plain-explodes-at-init", "no-bn-glorot-vanishes"),
)
