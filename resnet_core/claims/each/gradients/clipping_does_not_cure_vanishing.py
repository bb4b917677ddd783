"""Clipping the gradient does nothing for a plain net whose gradients vanish."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import drop_below_chance
from resnet_core.claims.settings import SHORT, WIDTH, arm
from resnet_core.experiment.config import NetConfig

STEPS = 60
CLIPPED = replace(SHORT, steps=STEPS, learning_rate=0.1, clip_norm=1.0)
VANISHED = NetConfig(56, WIDTH, skip=False, batch_norm=False, init="glorot")

CLAIM = Claim(
    name="clipping-does-not-cure-vanishing",
    topic="gradients",
    tier="measured",
    experiments=(arm("vanished-clipped-56", VANISHED, CLIPPED),),
    measure=drop_below_chance("vanished-clipped-56", steps=STEPS),
    predicate=Predicate("at most", 0.03),
    control=Control(
        experiments=(arm("residual-clipped-20", NetConfig(20, WIDTH), CLIPPED),),
        measure=drop_below_chance("residual-clipped-20", steps=STEPS),
        predicate=Predicate("at least", 0.1),
    ),
    source="pascanu13 §3.2",
    rests_on=("no-bn-glorot-vanishes",),
)
