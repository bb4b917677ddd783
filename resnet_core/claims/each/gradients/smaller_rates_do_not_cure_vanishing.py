"""No learning rate that we tried revives a plain net whose gradients vanish."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import drop_below_chance
from resnet_core.claims.settings import SHORT, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

STEPS = 60  # as many as a sound net needs to get going
BRIEF = replace(SHORT, steps=STEPS)
VANISHED = NetConfig(56, WIDTH, skip=False, batch_norm=False, init="glorot")
RATES = {"vanished-1": 1.0, "vanished-01": 0.1, "vanished-0001": 0.001}

CLAIM = Claim(
    name="smaller-rates-do-not-cure-vanishing",
    topic="gradients",
    tier="measured",
    experiments=tuple(
        arm(name, VANISHED, replace(BRIEF, learning_rate=rate)) for name, rate in RATES.items()
    ),
    measure=drop_below_chance(*RATES, steps=STEPS),
    predicate=Predicate("at most", 0.03),
    control=Control(
        experiments=(residual(20),),
        measure=drop_below_chance("residual-20", steps=STEPS),
        predicate=Predicate("at least", 0.1),
    ),
    source="glorot10 §4.2",
    rests_on=("no-bn-glorot-vanishes",),
)
