"""Skips add no parameters to separable blocks either, because the two ideas are independent."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import parameters_between
from resnet_core.claims.settings import AT_START, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

SEPARABLE = arm("separable-20", NetConfig(20, WIDTH, separable=True), AT_START)
STACKED = arm("stacked-separable-20", NetConfig(20, WIDTH, skip=False, separable=True), AT_START)

CLAIM = Claim(
    name="skips-are-free-in-separable-nets",
    topic="convolution",
    tier="exact",
    experiments=(SEPARABLE, STACKED),
    measure=parameters_between("separable-20", "stacked-separable-20"),
    predicate=Predicate("about", 0.0),
    control=Control(
        experiments=(residual(20, AT_START), SEPARABLE),
        measure=parameters_between("residual-20", "separable-20"),
        predicate=Predicate("at least", 1000.0),
    ),
    source="mobilenet17 §3.1",
)
