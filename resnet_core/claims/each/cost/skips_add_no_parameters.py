"""Identity shortcuts (option A) add no parameters."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import parameters_between
from resnet_core.claims.settings import AT_START, WIDTH, arm, plain, residual
from resnet_core.experiment.config import NetConfig

PROJECTING = arm("projecting-56", NetConfig(56, WIDTH, shortcut="B"), AT_START)

CLAIM = Claim(
    name="skips-add-no-parameters",
    topic="cost",
    tier="exact",
    experiments=(residual(56, AT_START), plain(56, AT_START)),
    measure=parameters_between("residual-56", "plain-56"),
    predicate=Predicate("about", 0.0),
    control=Control(
        experiments=(PROJECTING, plain(56, AT_START)),
        measure=parameters_between("projecting-56", "plain-56"),
        predicate=Predicate("at least", 1.0),
    ),
    source="he15 §3.2",
)
