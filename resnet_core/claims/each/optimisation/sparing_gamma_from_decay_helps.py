"""Leaving γ and β out of the weight decay trains better."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import SHORT, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

NET = NetConfig(20, WIDTH)
DECAYED = arm("decayed-norms-20", NET, replace(SHORT, decay_norms=True))
UNDECAYED = replace(SHORT, weight_decay=0.0, decay_norms=True)

CLAIM = Claim(
    name="sparing-gamma-from-decay-helps",
    topic="optimisation",
    tier="fails-here",
    experiments=(DECAYED, residual(20)),
    measure=difference("decayed-norms-20", "residual-20"),
    predicate=Predicate("at least", 0.02),
    control=Control(
        experiments=(arm("undecayed-20", NET, UNDECAYED), residual(20)),
        measure=difference("undecayed-20", "residual-20"),
        predicate=Predicate("about", 0.0, 0.1),
    ),
    source="goyal17 §5.1",
)
