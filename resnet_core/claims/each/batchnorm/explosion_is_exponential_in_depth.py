"""Each further layer multiplies the gradient of a BatchNorm plain net at initialisation."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import ratio_per_layer
from resnet_core.claims.settings import AT_START, plain, residual

CLAIM = Claim(
    name="explosion-is-exponential-in-depth",
    topic="batchnorm",
    tier="measured",
    experiments=(plain(56, AT_START), plain(20, AT_START)),
    measure=ratio_per_layer("plain-56", "plain-20", 36),
    predicate=Predicate("at least", 1.08),
    control=Control(
        experiments=(residual(56, AT_START), residual(20, AT_START)),
        measure=ratio_per_layer("residual-56", "residual-20", 36),
        predicate=Predicate("at most", 1.06),
    ),
    source="yang19 §3–4",
    rests_on=("bn-plain-explodes-at-init",),
)
