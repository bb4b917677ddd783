"""Projections on every shortcut (option C) train better than padding (option A)."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="projections-everywhere-help",
    topic="shortcuts",
    tier="fails-here",
    experiments=(residual(20), arm("everywhere-20", NetConfig(20, WIDTH, shortcut="C"))),
    measure=difference("residual-20", "everywhere-20"),
    predicate=Predicate("at least", 0.05),
    control=Control(
        experiments=(residual(8), arm("everywhere-8", NetConfig(8, WIDTH, shortcut="C"))),
        measure=difference("residual-8", "everywhere-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he15 Table 3",
)
