"""Training the head first ends at a better accuracy than training all layers from the beginning."""

from resnet_core.claims.claim import Claim, Control, Predicate
from resnet_core.claims.quantities import accuracy_gained
from resnet_core.claims.settings import HEAD_STEPS, fine_tuned
from resnet_core.experiment.config import Way

TENTH, STILL = 0.1, 0.001  # rates of the body; at the second it hardly moves

CLAIM = Claim(
    name="head-first-beats-all-at-once",
    topic="finetuning",
    tier="fails-here",
    experiments=(
        fine_tuned("head-first", Way(head_first=HEAD_STEPS, body_rate=TENTH)),
        fine_tuned("at-once", Way(body_rate=TENTH)),
    ),
    measure=accuracy_gained("head-first", "at-once"),
    predicate=Predicate("at least", 0.01),
    control=Control(
        experiments=(
            fine_tuned("head-first-still", Way(head_first=HEAD_STEPS, body_rate=STILL)),
            fine_tuned("at-once-still", Way(body_rate=STILL)),
        ),
        measure=accuracy_gained("head-first-still", "at-once-still"),
        predicate=Predicate("about", 0.0, 0.03),
    ),
    source="keras-transfer fine-tuning",
)
