"""Train every layer."""

from resnet_core.experiment.fine_tuning.kinds import PARTS


@PARTS.register("all")
def everything(layer: str) -> bool:
    """Return true: no layer is frozen."""
    return True
