"""Keep BatchNorm's statistics: its moving averages are used, and no batch changes them."""

from resnet_core.experiment.fine_tuning.kinds import NORMS


@NORMS.register("frozen")
def frozen(body_trains: bool) -> bool:
    """Return false: batch statistics are never used. γ and β learn where their layer is trained."""
    return False
