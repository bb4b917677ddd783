"""Train nothing, a mistake: the loop that freezes the layers was run after the head was added."""

from resnet_core.experiment.fine_tuning.kinds import PARTS


@PARTS.register("nothing")
def nothing(layer: str) -> bool:
    """Return false: the new head is frozen as well."""
    return False
