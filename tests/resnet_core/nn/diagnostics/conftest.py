"""Provide small nets to measure, on synthetic or on real images."""

import pytest


@pytest.fixture(scope="session")
def subject_of():
    """Return `subject_of(net, data, seed, trained)`, which makes an initialised net to measure."""
    pytest.importorskip("tensorflow")
    from resnet_core.data import synthetic
    from resnet_core.data.batches import Batches
    from resnet_core.experiment.config import TrainConfig
    from resnet_core.nn.diagnostics.nets.subject import Subject
    from resnet_core.nn.training.arms import Arm

    def made(net, data=None, seed=0, trained=False):
        data = data or synthetic.load()
        arm = Arm(net, TrainConfig(batch=8), seed)
        batches = Batches(data.train_images, data.train_labels, 8, seed, augment=False)
        arm.normalise_by(batches.mean, batches.deviation)
        return Subject.of(arm, data, seed, trained)

    return made
