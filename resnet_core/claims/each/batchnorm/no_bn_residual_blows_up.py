"""Without BatchNorm the forward signal of a deep residual net blows up."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import first_loss
from resnet_core.claims.settings import AT_START, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

BARE = arm("bare-residual-56", NetConfig(56, WIDTH, batch_norm=False), AT_START)

CLAIM = Claim(
    name="no-bn-residual-blows-up",
    topic="batchnorm",
    tier="measured",
    experiments=(BARE,),
    measure=first_loss("bare-residual-56"),
    predicate=Predicate("at least", 100.0),
    control=Control(
        experiments=(residual(56, AT_START),),
        measure=first_loss("residual-56"),
        predicate=Predicate("at most", 20.0),
    ),
    source="fixup19 §2",
    scale="log",
)
