"""A plain net of 56 layers trains worse than its residual twin."""

from base.messages import Message
from resnet_core import runs
from resnet_core.claims.claim import Claim
from resnet_core.diagnosis import readings
from resnet_core.experiment.presets import PRESETS


def difference_of_last_losses(past: runs.History) -> float:
    return readings.mean_loss(past, "plain") - readings.mean_loss(past, "residual")


CLAIM = Claim(
    "plain-56-trains-worse",
    PRESETS["skips-56"],
    difference_of_last_losses,
    "at least",
    readings.GAP,
    Message(
        "claims.plain-56-trains-worse.quantity",
        {},
        "training loss of the plain net minus that of the residual net, last 10 steps",
    ),
    Message(
        "claims.plain-56-trains-worse.paper",
        {},
        "He et al. 2015, Fig. 6: on CIFAR-10 plain-56 keeps a higher training error than "
        "plain-20, while ResNet-56 has a lower one than ResNet-20, over 64k steps of "
        "batch 128.",
    ),
    "he15 §4.2, Fig. 6",
)
