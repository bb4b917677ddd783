"""At 110 layers and the paper's rate the original order stays at chance for longer."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import difference
from resnet_core.claims.settings import FAST, WIDTH, arm
from resnet_core.experiment.config import Experiment, NetConfig

DEEP = replace(FAST, steps=40, batch=32)


def ordered(depth: int, order: str) -> Experiment:
    """Return the run of a residual net with its layers in one order, "post" or "pre"."""
    name = f"{order}-start-{depth}"
    return arm(name, NetConfig(depth, WIDTH, order=order), DEEP)


CLAIM = Claim(
    name="pre-activation-starts-at-110",
    topic="anatomy",
    tier="proxy",
    experiments=(ordered(110, "post"), ordered(110, "pre")),
    measure=difference("post-start-110", "pre-start-110"),
    predicate=Predicate("at least", 0.1),
    control=Control(
        experiments=(ordered(8, "post"), ordered(8, "pre")),
        measure=difference("post-start-8", "pre-start-8"),
        predicate=Predicate("at most", 0.1),
    ),
    source="he16 §4.2",
    rests_on=("pre-activation-bears-a-higher-rate",),
)
