"""A schedule that divides the rate by ten each epoch stops the training."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import SHORT, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

EPOCH = 20  # steps that stand for one
FALLS = tuple(range(EPOCH, SHORT.steps, EPOCH))
NET = NetConfig(20, WIDTH)
COMPOUNDING = arm("compounding-20", NET, replace(SHORT, decay_at=FALLS))
# It falls to zero as well, but at the end, and without a jump that the momentum would outlast.
COSINE = arm("cosine-20", NET, replace(SHORT, schedule="cosine"))

CLAIM = Claim(
    name="compounding-schedule-stalls",
    topic="optimisation",
    tier="proxy",
    experiments=(COMPOUNDING, residual(20)),
    measure=difference("compounding-20", "residual-20"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(COSINE, residual(20)),
        measure=difference("cosine-20", "residual-20"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he15 §4.2",
)
