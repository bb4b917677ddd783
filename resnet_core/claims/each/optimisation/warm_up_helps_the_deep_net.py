"""A warm-up gets a deep net going at the paper's learning rate."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import FAST, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

WARMED = replace(FAST, warmup=20)

CLAIM = Claim(
    name="warm-up-helps-the-deep-net",
    topic="optimisation",
    tier="fails-here",
    experiments=(residual(56, FAST), arm("warmed-56", NetConfig(56, WIDTH), WARMED)),
    measure=difference("residual-56", "warmed-56"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(residual(8, FAST), arm("warmed-8", NetConfig(8, WIDTH), WARMED)),
        measure=difference("residual-8", "warmed-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he15 §4.2",
)
