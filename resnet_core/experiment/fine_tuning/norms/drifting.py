"""Normalise by the batch even if the body is frozen, a mistake that PyTorch's train() invites."""

from resnet_core.experiment.fine_tuning.kinds import NORMS


@NORMS.register("drifting")
def drifting(body_trains: bool) -> bool:
    """Return true: the averages of a body whose weights are frozen move as well."""
    return True
