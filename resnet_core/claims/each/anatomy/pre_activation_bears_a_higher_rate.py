"""At a high rate a pre-activation net of 56 layers trains and its post-activation twin lags."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import FAST, WIDTH, arm, residual
from resnet_core.experiment.config import NetConfig

CLAIM = Claim(
    name="pre-activation-bears-a-higher-rate",
    topic="anatomy",
    tier="proxy",
    experiments=(residual(56, FAST), arm("pre-56", NetConfig(56, WIDTH, order="pre"), FAST)),
    measure=difference("residual-56", "pre-56"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(residual(8, FAST), arm("pre-8", NetConfig(8, WIDTH, order="pre"), FAST)),
        measure=difference("residual-8", "pre-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he16 §4.2",
)
