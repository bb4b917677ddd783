"""With ReLU, Glorot's initialisation halves the variance in every layer; He's keeps it."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.each.gradients.no_bn_glorot_vanishes import GLOROT, HE
from resnet_core.claims.quantities import growth_per_layer

CLAIM = Claim(
    name="glorot-halves-the-variance",
    topic="gradients",
    tier="measured",
    experiments=(GLOROT,),
    measure=growth_per_layer("glorot-56", 56),
    predicate=Predicate("about", 0.5, 0.1),
    control=Control(
        experiments=(HE,),
        measure=growth_per_layer("he-56", 56),
        predicate=Predicate("about", 1.0, 0.3),
    ),
    source="heinit15 §2.2",
)
