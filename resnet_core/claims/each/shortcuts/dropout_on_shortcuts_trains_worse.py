"""Dropout on every shortcut makes a deep residual net train worse."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="dropout-on-shortcuts-trains-worse",
    topic="shortcuts",
    tier="proxy",
    experiments=(arm("dropping-56", NetConfig(56, WIDTH, shortcut="dropout")), residual(56)),
    measure=difference("dropping-56", "residual-56"),
    predicate=Predicate("at least", 0.15),
    control=Control(
        experiments=(arm("dropping-8", NetConfig(8, WIDTH, shortcut="dropout")), residual(8)),
        measure=difference("dropping-8", "residual-8"),
        predicate=Predicate("at most", 0.25),
    ),
    source="he16 §3.1, Table 1",
)
