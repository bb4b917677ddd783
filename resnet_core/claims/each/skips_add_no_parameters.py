"""Identity shortcuts (option A) add no parameters."""

from base.messages import Message
from resnet_core import runs
from resnet_core.claims.claim import Claim
from resnet_core.claims.step_0 import twins_at_step_0


def extra_parameters(past: runs.History) -> float:
    built = {event["arm"]: event["parameters"] for event in past.of("built")}
    return float(built["residual"] - built["plain"])


CLAIM = Claim(
    "skips-add-no-parameters",
    twins_at_step_0(),
    extra_parameters,
    "at most",
    0.0,
    Message(
        "claims.skips-add-no-parameters.quantity",
        {},
        "trainable parameters of the residual net minus those of the plain net (option A)",
    ),
    Message(
        "claims.skips-add-no-parameters.paper",
        {},
        "He et al. 2015, §3.2: identity shortcuts add neither parameters nor computation, "
        "so plain and residual nets can be compared fairly.",
    ),
    "he15 §3.2",
)
