"""Train the last stage and the head; the earlier stages keep their general features.

The transition from general to specific features is that of Yosinski et al. 2014 (arXiv:1411.1792).
"""

from resnet_core.experiment.fine_tuning.kinds import HEAD, LAST_STAGE, PARTS


@PARTS.register("last-stage")
def last_stage(layer: str) -> bool:
    """Return whether the layer is the head or belongs to the last stage."""
    return layer == HEAD or layer.startswith(LAST_STAGE)
