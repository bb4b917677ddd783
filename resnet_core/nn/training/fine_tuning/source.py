"""Train the nets that the arms of a fine-tuning start from, or find those trained before."""

import hashlib
import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from resnet_core.data import batches
from resnet_core.data.cifar import Dataset
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.experiment.fine_tuning.kinds import HEAD
from resnet_core.nn.resnet import layers, network
from resnet_core.nn.training import arms
from resnet_core.nn.training.arms import Arm
from resnet_core.nn.training.evaluation import evaluate
from resnet_core.nn.training.fine_tuning.arm import FineTunedArm
from resnet_core.nn.training.optimizers import sgd
from resnet_core.nn.training.output.record import Record
from resnet_core.nn.training.steering import Asked, Steering
from resnet_core.runs import sources
from resnet_core.runs.sources import About, Arrays

SourceArm = Callable[[NetConfig, TrainConfig, int], Arm]  # returns an arm, traced already or not
TELL_EVERY_S = 0.5
TESTED = 1000  # images on which the classes that were learned are tested
STATE = "source"  # the state of a run whose source net is trained


class Interrupted(Exception):  # noqa: N818 - no error: a person or the worker asked for it
    """Raised if the run is to stop, or to be parked, before its source net is trained."""

    def __init__(self, asked: Asked):
        super().__init__(asked)
        self.asked = asked


@dataclass(frozen=True)
class Source:
    """Hold a net that has learned the other classes: its weights by their paths."""

    about: About
    weights: Arrays

    def give(self, arm: FineTunedArm) -> None:
        """Start an arm at this body under its own new head, with images normalised as here."""
        whole = [
            value if weight.path.split("/")[0] == HEAD else self.weights[weight.path]
            for weight, value in zip(arm.model.weights, arm.model.get_weights(), strict=True)
        ]
        arm.take(whole)
        arm.normalise_by(self.weights["mean"], self.weights["deviation"])

    def accuracy(self, arm: FineTunedArm, data: Dataset) -> float:
        """Return what the arm's body still knows of the classes here, under their own old head.

        `data` holds them; the first TESTED of its test images are used.
        """
        kernel, bias = self.weights[f"{HEAD}/kernel"], self.weights[f"{HEAD}/bias"]
        logits = arm.features(data.test_images[:TESTED]) @ kernel + bias
        return float(np.mean(logits.argmax(1) == data.test_labels[:TESTED]))


def of_arms(
    record: Record, source_arm: SourceArm, data: Dataset, asked_to_park: Callable[[], bool]
) -> dict[str, Source]:
    """Return the source of every pretrained arm, trained on `data` where none is kept.

    Raises Interrupted.
    """
    return {
        name: _of_arm(record, name, source_arm, data, asked_to_park)
        for name, way in record.run.experiment.fine_tuning.ways.items()
        if way.pretrained
    }


def _of_arm(
    record: Record,
    name: str,
    source_arm: SourceArm,
    data: Dataset,
    asked_to_park: Callable[[], bool],
) -> Source:
    place, code = sources.path(record.run.experiment, name), _code()
    known = sources.find(place, data.fingerprint, code)
    if known is None:
        about, weights = _trained(record, name, source_arm, data, asked_to_park)
        known = replace(about, code=code), weights
        sources.keep(place, *known)
    return Source(*known)


def _trained(
    record: Record,
    name: str,
    source_arm: SourceArm,
    data: Dataset,
    asked_to_park: Callable[[], bool],
) -> tuple[About, Arrays]:
    experiment, moved = record.run.experiment, record.run.experiment.fine_tuning
    train = moved.source_train
    net = moved.source_net(experiment.arms[name], experiment.dataset)
    arm = source_arm(net, train, experiment.seed)
    arm.reset(experiment.seed)
    seen = batches.Batches(
        data.train_images, data.train_labels, train.batch, experiment.seed, train.augment
    )
    arm.normalise_by(seen.mean, seen.deviation)
    steering, told = Steering(record, asked_to_park), 0.0
    for step in range(train.steps):
        asked = steering.heed()
        if asked is not Asked.STEP:
            raise Interrupted(asked)
        if step == 1 and not arm.is_traced(flow=False):
            arm.trace(flow=False)
        taken = arm.step(*seen.at(step), train.rate_at(step), flow=False)
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            record.state(STATE, arm=name, done=step + 1, of=train.steps, loss=taken.loss)
    tested = evaluate(arm, data.test_images[:TESTED], data.test_labels[:TESTED]).facts
    mean, deviation = arm.statistics
    weights = {w.path: value for w, value in zip(arm.model.weights, arm.model.get_weights(),
                                                 strict=True)}  # fmt: skip
    about = About(data.fingerprint, "", tested["accuracy"], tested["images"])
    return about, {**weights, "mean": mean, "deviation": deviation}


def _code() -> str:
    """Return a hash of the code that makes the weights, so that other code trains them anew."""
    told = "".join(inspect.getsource(module) for module in (arms, batches, layers, network, sgd))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
