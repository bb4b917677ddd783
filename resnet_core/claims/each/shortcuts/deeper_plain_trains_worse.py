"""A plain net of 56 layers has a higher training loss than one of 20 (degradation)."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import plain, residual

CLAIM = Claim(
    name="deeper-plain-trains-worse",
    topic="shortcuts",
    tier="proxy",
    experiments=(plain(56), plain(20)),
    measure=difference("plain-56", "plain-20"),
    predicate=Predicate("at least", 0.15),
    control=Control(
        experiments=(residual(56), residual(20)),
        measure=difference("residual-56", "residual-20"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he15 §4.2, Fig. 6",
)
