"""Train the new head on a frozen body, which is feature extraction."""

from resnet_core.experiment.fine_tuning.kinds import HEAD, PARTS


@PARTS.register("head")
def head_alone(layer: str) -> bool:
    """Return whether the layer is the head."""
    return layer == HEAD
