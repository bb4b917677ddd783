"""A 1x1 convolution on every shortcut makes a deep residual net train worse."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="convolved-shortcuts-train-worse",
    topic="shortcuts",
    tier="proxy",
    experiments=(arm("convolved-56", NetConfig(56, WIDTH, shortcut="1x1")), residual(56)),
    measure=difference("convolved-56", "residual-56"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(arm("convolved-8", NetConfig(8, WIDTH, shortcut="1x1")), residual(8)),
        measure=difference("convolved-8", "residual-8"),
        predicate=Predicate("at most", 0.15),
    ),
    source="he16 §3.1, Table 1",
)
