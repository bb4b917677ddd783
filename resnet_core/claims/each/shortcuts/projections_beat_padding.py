"""Projections where the shape changes (option B) train better than padding (option A)."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

PROJECTING = arm("projecting-20", NetConfig(20, WIDTH, shortcut="B"))

CLAIM = Claim(
    name="projections-beat-padding",
    topic="shortcuts",
    tier="fails-here",
    experiments=(residual(20), PROJECTING),
    measure=difference("residual-20", "projecting-20"),
    predicate=Predicate("at least", 0.05),
    control=Control(
        experiments=(residual(8), arm("projecting-8", NetConfig(8, WIDTH, shortcut="B"))),
        measure=difference("residual-8", "projecting-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he15 Table 3",
)
