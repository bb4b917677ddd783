"""Blocks that begin as identities (γ = 0) train faster."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="zero-gamma-trains-faster",
    topic="gradients",
    tier="fails-here",
    experiments=(arm("silent-56", NetConfig(56, WIDTH, start="zero-gamma")), residual(56)),
    measure=difference("residual-56", "silent-56"),
    predicate=Predicate("at least", 0.05),
    control=Control(
        experiments=(arm("silent-8", NetConfig(8, WIDTH, start="zero-gamma")), residual(8)),
        measure=difference("residual-8", "silent-8"),
        predicate=Predicate("at most", 0.15),
    ),
    source="goyal17 §5.1",
)
