"""Without BatchNorm each residual block about doubles the variance of its input."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.each.batchnorm.no_bn_residual_blows_up import BARE
from resnet_core.claims.quantities import growth_per_block
from resnet_core.claims.settings import AT_START, residual

CLAIM = Claim(
    name="variance-doubles-a-block",
    topic="batchnorm",
    tier="measured",
    experiments=(BARE,),
    measure=growth_per_block("bare-residual-56", 56),
    predicate=Predicate("about", 2.0, 0.6),
    control=Control(
        experiments=(residual(56, AT_START),),
        measure=growth_per_block("residual-56", 56),
        predicate=Predicate("at most", 1.4),
    ),
    source="fixup19 §2",
    rests_on=("no-bn-residual-blows-up",),
)
