"""No learning rate and no clipping revives a plain net whose gradients vanish."""

import math
from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Evidence, Predicate
from resnet_core.claims.quantities import last_loss
from resnet_core.claims.settings import SHORT, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

STEPS = 20
BRIEF = replace(SHORT, steps=STEPS)
VANISHED = NetConfig(56, WIDTH, skip=False, batch_norm=False, init="glorot")
RATES = {"rate-0.1": 0.1, "rate-0.001": 0.001}
TRIED = (
    *(
        arm(f"vanished-{name.replace('.', '')}", VANISHED, replace(BRIEF, learning_rate=rate))
        for name, rate in RATES.items()
    ),
    arm("vanished-clipped", VANISHED, replace(BRIEF, learning_rate=0.1, clip_norm=1.0)),
)


def best_drop(evidence: Evidence) -> float:
    """Return by how much the best of the attempts brings the loss below that of a guess, ln 10."""
    return math.log(10) - min(last_loss(evidence, name) for one in TRIED for name in one.arms)


def drop_of_the_residual_net(evidence: Evidence) -> float:
    """Return by how much a residual net with BatchNorm does so in the same few steps."""
    return math.log(10) - last_loss(evidence, "residual-20")


CLAIM = Claim(
    name="smaller-rates-do-not-cure-vanishing",
    topic="gradients",
    tier="measured",
    experiments=TRIED,
    measure=best_drop,
    predicate=Predicate("at most", 0.03),
    control=Control(
        experiments=(residual(20, BRIEF),),
        measure=drop_of_the_residual_net,
        predicate=Predicate("at least", 0.1),
    ),
    source="glorot10 §4",
    rests_on=("no-bn-glorot-vanishes",),
)
