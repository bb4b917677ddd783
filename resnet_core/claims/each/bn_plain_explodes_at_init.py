"""With BatchNorm a plain net's gradient explodes backwards at initialisation."""

from base.messages import Message
from resnet_core import runs
from resnet_core.claims.claim import Claim
from resnet_core.claims.step_0 import twins_at_step_0
from resnet_core.diagnosis import readings


def gradient_ratio_at_step_0(past: runs.History) -> float:
    return readings.backward_ratio(past.of("flow", "plain")[0])


CLAIM = Claim(
    "bn-plain-explodes-at-init",
    twins_at_step_0(),
    gradient_ratio_at_step_0,
    "at least",
    readings.STEEP,
    Message(
        "claims.bn-plain-explodes-at-init.quantity",
        {},
        "||dL/dW|| of the plain net's second convolution over that of its last, at step 0",
    ),
    Message(
        "claims.bn-plain-explodes-at-init.paper",
        {},
        "Yang et al. 2019: in wide fully connected nets BatchNorm makes the gradient norm "
        "grow by about 1.21 a layer at initialisation; one step later its range is small.",
    ),
    "yang19 §3–4",
)
