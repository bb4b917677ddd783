"""A schedule that divides the rate by ten each epoch stops the training."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import SHORT, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

NET = NetConfig(20, WIDTH)
COMPOUNDING = arm("compounding-20", NET, replace(SHORT, decay_at=(20, 40, 60, 80, 100)))
STEPPED = arm("stepped-20", NET, replace(SHORT, decay_at=(100,)))

CLAIM = Claim(
    name="compounding-schedule-stalls",
    topic="optimisation",
    tier="proxy",
    experiments=(COMPOUNDING, residual(20)),
    measure=difference("compounding-20", "residual-20"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(STEPPED, residual(20)),
        measure=difference("stepped-20", "residual-20"),
        predicate=Predicate("at most", 0.05),
    ),
    source="he15 §4.2",
)
