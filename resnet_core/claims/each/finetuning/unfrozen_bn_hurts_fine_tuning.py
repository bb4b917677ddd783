"""With two images a batch, BatchNorm that is not frozen ends at a worse accuracy."""

from dataclasses import replace

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import accuracy_gained
from resnet_core.claims.settings import MOVED, fine_tuned
from resnet_core.experiment.config import Way

FEWER = 16  # a batch of 2 is a sixteenth of one of 32
# A quarter of the images, and the linear scaling rule (Goyal et al. 2017, section 2.1).
SMALL = replace(
    MOVED,
    batch=MOVED.batch // FEWER,
    steps=MOVED.steps * FEWER // 4,
    learning_rate=MOVED.learning_rate / FEWER,
)
FROZEN, FREE = Way(body_rate=0.1), Way(body_rate=0.1, norms="batch")

CLAIM = Claim(
    name="unfrozen-bn-hurts-fine-tuning",
    topic="finetuning",
    tier="fails-here",
    experiments=(
        fine_tuned("frozen-two", FROZEN, SMALL),
        fine_tuned("free-two", FREE, SMALL),
    ),
    measure=accuracy_gained("frozen-two", "free-two"),
    predicate=Predicate("at least", 0.01),
    control=Control(
        experiments=(fine_tuned("at-once", FROZEN), fine_tuned("free", FREE)),
        measure=accuracy_gained("at-once", "free"),
        predicate=Predicate("about", 0.0, 0.05),
    ),
    source="gn18 §4.2",
)
