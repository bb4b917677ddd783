"""A plain net of 56 layers trains worse than its residual twin."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import plain, residual

CLAIM = Claim(
    name="plain-56-trains-worse",
    topic="shortcuts",
    tier="proxy",
    experiments=(plain(56), residual(56)),
    measure=difference("plain-56", "residual-56"),
    predicate=Predicate("at least", 0.3),
    control=Control(
        experiments=(plain(8), residual(8)),
        measure=difference("plain-8", "residual-8"),
        predicate=Predicate("at most", 0.15),
    ),
    source="he15 §4.2, Fig. 6",
)
