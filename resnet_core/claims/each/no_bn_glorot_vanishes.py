"""Without BatchNorm, Glorot's initialisation makes every gradient of a deep plain net vanish."""

from base.messages import Message
from resnet_core import runs
from resnet_core.claims.claim import Claim
from resnet_core.claims.step_0 import twins_at_step_0
from resnet_core.diagnosis import readings


def largest_gradient_at_step_0(past: runs.History) -> float:
    return readings.largest_gradient(past.of("flow", "plain")[0])


CLAIM = Claim(
    "no-bn-glorot-vanishes",
    twins_at_step_0(batch_norm=False, init="glorot"),
    largest_gradient_at_step_0,
    "at most",
    readings.UNIFORM,
    Message(
        "claims.no-bn-glorot-vanishes.quantity",
        {},
        "largest ||dL/dW|| of any convolution of the plain net, at step 0",
    ),
    Message(
        "claims.no-bn-glorot-vanishes.paper",
        {},
        "He et al. 2015b, §2.2: with ReLU, Glorot's initialisation halves the variance in "
        "every layer, so signals shrink exponentially with depth.",
    ),
    "heinit15 §2.2",
)
