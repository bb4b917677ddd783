"""Halving every shortcut makes a deep residual net train worse."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="scaled-shortcuts-train-worse",
    topic="shortcuts",
    tier="proxy",
    experiments=(arm("scaled-56", NetConfig(56, WIDTH, shortcut="scaled")), residual(56)),
    measure=difference("scaled-56", "residual-56"),
    predicate=Predicate("at least", 0.15),
    control=Control(
        experiments=(arm("scaled-8", NetConfig(8, WIDTH, shortcut="scaled")), residual(8)),
        measure=difference("scaled-8", "residual-8"),
        predicate=Predicate("at most", 0.15),
    ),
    source="he16 §3.1, Table 1",
)
