"""Without BatchNorm, Glorot's initialisation makes every gradient of a deep plain net vanish."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import largest_gradient
from resnet_core.claims.settings import AT_START, WIDTH, arm
from resnet_core.experiment.config import NetConfig

GLOROT = arm(
    "glorot-56", NetConfig(56, WIDTH, skip=False, batch_norm=False, init="glorot"), AT_START
)
HE = arm("he-56", NetConfig(56, WIDTH, skip=False, batch_norm=False, init="he"), AT_START)

CLAIM = Claim(
    name="no-bn-glorot-vanishes",
    topic="gradients",
    tier="measured",
    experiments=(GLOROT,),
    measure=largest_gradient("glorot-56"),
    predicate=Predicate("at most", 1e-6),
    control=Control(
        experiments=(HE,),
        measure=largest_gradient("he-56"),
        predicate=Predicate("at least", 1e-3),
    ),
    source="heinit15 §2.2",
    scale="log",
)
