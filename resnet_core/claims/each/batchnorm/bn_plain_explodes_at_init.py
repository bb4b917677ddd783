"""With BatchNorm a deep plain net's gradient explodes backwards at initialisation."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import backward_ratio
from resnet_core.claims.settings import AT_START, plain, residual

CLAIM = Claim(
    name="bn-plain-explodes-at-init",
    topic="batchnorm",
    tier="measured",
    experiments=(plain(56, AT_START),),
    measure=backward_ratio("plain-56"),
    predicate=Predicate("at least", 100.0),
    control=Control(
        experiments=(residual(56, AT_START),),
        measure=backward_ratio("residual-56"),
        predicate=Predicate("at most", 30.0),
    ),
    source="yang19 §3–4",
    scale="log",
)
