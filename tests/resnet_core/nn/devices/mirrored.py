"""Print the losses of a few steps on the named devices of this machine, and of one processor.

A process of its own, because TensorFlow divides its processor before the first operation only.
"""

import json
import sys
from dataclasses import replace

import numpy as np
import tensorflow as tf

from resnet_core.data import synthetic
from resnet_core.data.batches import Batches
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.nn.devices.company import Company, DevicesError
from resnet_core.nn.devices.spread_arm import SpreadArm, check
from resnet_core.nn.training.arms import Arm

NET, TRAIN = NetConfig(8, 4, batch_norm=False), TrainConfig(batch=8, learning_rate=0.02)
STEPS = 4
CUT = Surgery(skips_out=("stage1_block1",), deleted=("stage2_block1",))


def main(names: list[str]) -> None:
    processors = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0], processors
    )
    company = Company(tf.distribute.MirroredStrategy(names))
    shared = SpreadArm(NET, TRAIN, company)
    kept = shared.model.trainable_variables[0].value
    places = [one.device for one in company.strategy.experimental_local_results(kept)]
    refused = []
    for net, train in ((NET, replace(TRAIN, batch=7)), (NetConfig(shortcut="dropout"), TRAIN)):
        try:
            check(net, train, company)
        except DevicesError as error:
            refused.append(str(error))
    told = {
        "shared": losses(shared),
        "alone": losses(Arm(NET, TRAIN)),
        "places": places,
        "same": _same(kept, company),
        "refused": refused,
    }
    print(json.dumps(told))


def losses(arm: Arm) -> list[float]:
    data = synthetic.load()
    batches = Batches(data.train_images, data.train_labels, TRAIN.batch, 0, augment=False)
    arm.reset(0)
    arm.normalise_by(batches.mean, batches.deviation)
    found = []
    for k in range(STEPS):
        arm.operate(CUT if k == STEPS - 1 else WHOLE)
        found.append(arm.step(*batches.at(k), TRAIN.learning_rate, flow=k != 1).loss)
    return found


def _same(weight: tf.Variable, company: Company) -> bool:
    """Say whether all devices hold the same weight."""
    copies = company.strategy.experimental_local_results(weight)
    return all(np.array_equal(copies[0].numpy(), one.numpy()) for one in copies)


if __name__ == "__main__":
    main(sys.argv[1:])
