"""Normalise by the batch as soon as the body is trained, as Keras does with unfrozen layers."""

from resnet_core.experiment.fine_tuning.kinds import NORMS


@NORMS.register("batch")
def batch(body_trains: bool) -> bool:
    """Return whether the body is trained: then batches are used and the averages follow them."""
    return body_trains
