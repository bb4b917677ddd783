"""Train the arms of one run in lock-step and write its log (contract of `resnet_core.runs`).

Every arm takes step k on the same batch before any takes step k + 1; the arms of one step work side
by side. Between steps the learner's requests are carried out.
"""

import math
import platform
from collections.abc import Callable
from pathlib import Path

import numpy as np
import tensorflow as tf

from base.messages import Message, UserError
from base.version import VERSION
from resnet_core import runs
from resnet_core.data import cifar
from resnet_core.data.batches import Batches
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import QUANTITIES, Experiment, NetConfig
from resnet_core.nn.runtime import SideBySide
from resnet_core.nn.training import starting_weights
from resnet_core.nn.training.arms import Arm, Step
from resnet_core.nn.training.evaluation import closing_count, evaluate
from resnet_core.nn.training.images import dataset
from resnet_core.nn.training.measuring import measure_all
from resnet_core.nn.training.output import snapshots
from resnet_core.nn.training.output.record import Record
from resnet_core.nn.training.output.summaries import Summaries
from resnet_core.nn.training.steering import Asked, Steering

ArmFor = Callable[[Experiment, str], Arm]


class Parked(Exception):  # noqa: N818 - no error: the run gave up its slot and can be resumed
    """Raised when the run was set aside with a checkpoint."""


class Diverged(UserError):  # noqa: N818 - reads as what happened
    """Raised for a loss that is not a finite number."""

    def __init__(self, arm: str, step: int, rate: float):
        values: dict[str, object] = {"arm": arm, "step": step, "rate": f"{rate:.4g}"}
        super().__init__(Message("runs.diverged", values))
        self.arm = arm


class Training:
    """Train one run on one worker, from its `started` event to its `end`.

    `arm_for` returns arms, which may be traced already. `asked_to_park` says whether the worker
    itself is to end. Raises UserError if the data cannot be read.
    """

    def __init__(
        self, record: Record, arm_for: ArmFor, asked_to_park: Callable[[], bool] = lambda: False
    ):
        self.run, self.record = record.run, record
        self.experiment, self.train = self.run.experiment, self.run.experiment.train
        self.data = dataset(self.experiment.dataset, self.run.source)
        self.batches = Batches(
            self.data.train_images,
            self.data.train_labels,
            self.train.batch,
            self.experiment.seed,
            self.train.augment,
        )
        self.arms = {name: self._prepared(arm_for, name) for name in self.experiment.arms}
        weights = self.experiment.weights
        taken_at = starting_weights.give(self.experiment, self.run.folder.parent, self.arms)
        self._first = snapshots.restore(self._checkpoints, self.arms, self.train.steps)
        facts = _facts(self.experiment, self.data)
        if weights:
            facts["weights"] = {"source": weights, "step": taken_at}
        record.started(self._first, **facts)
        for name, arm in self.arms.items():
            record.event("built", arm=name, parameters=arm.trainable_parameters)
        self._steering = Steering(record, asked_to_park)
        self._summaries = Summaries(self.run.folder / runs.SUMMARIES, record.past)
        self._side_by_side = SideBySide(len(self.arms))
        self.seen: dict[str, Step] = {}
        self.stopped = False
        record.state("running")

    def go(self) -> None:
        """Train to the end. Raises Parked, Diverged, and any other error."""
        while self.advance():
            pass
        self._finish()

    def advance(self) -> bool:
        """Take one step with every arm. After the last or on a stop, take none and return False."""
        if self.record.step >= self.train.steps:
            return False
        if not self._goes_on():
            return False
        self._one_step()
        self.record.step += 1
        if self.record.step % self.train.checkpoint_every == 0:
            self._save()
        every = self.train.evaluate_every
        if every and self.record.step % every == 0 and self.record.step < self.train.steps:
            self._evaluate(self.train.evaluate_images)
        return True

    def _goes_on(self) -> bool:
        """Carry out requests. Return False if one is to stop. Raises Parked."""
        asked = self._steering.heed()
        if asked is Asked.PARK:
            self._park()
        self.stopped = asked is Asked.STOP
        return not self.stopped

    def close(self) -> None:
        """Release threads and files."""
        self._side_by_side.close()
        self._summaries.close()

    @property
    def _checkpoints(self) -> Path:
        return self.run.folder / runs.CHECKPOINTS

    def _prepared(self, arm_for: ArmFor, name: str) -> Arm:
        arm = arm_for(self.experiment, name)
        arm.reset(self.experiment.seed)
        arm.normalise_by(self.batches.mean, self.batches.deviation)
        return arm

    def _one_step(self) -> None:
        step, surgery = self.record.step, self._steering.now.surgery
        for arm in self.arms.values():
            arm.operate(surgery)
        rate = self.train.rate_at(step, self._steering.now.learning_rate)
        images, labels = self.batches.at(step)
        flow = step % self.train.flow_every == 0
        exact = step == 0 and self.train.precision != "float32"
        if exact:
            self._record_exact_flows(images, labels, rate)
        if step > self._first:  # not for the first step, so that its chart comes at once
            self._trace(flow)
        # One after the other until they are traced: eager operations share kernels, and two threads
        # in the same oneDNN kernel corrupt memory (TensorFlow 2.21).
        traced = all(arm.is_traced(flow) for arm in self.arms.values())
        steps = (self._side_by_side.map if traced else map)(
            lambda arm: arm.step(images, labels, rate, flow=flow), list(self.arms.values())
        )
        self.seen = dict(zip(self.arms, steps, strict=True))
        for name, seen in self.seen.items():
            self._record_step(name, seen, rate)
            if seen.flow is not None and not exact:
                self._record_flow(name, seen.flow, self.train.precision)
        for name, seen in self.seen.items():
            if not math.isfinite(seen.loss):
                raise Diverged(name, step, rate)

    def _record_exact_flows(self, images: np.ndarray, labels: np.ndarray, rate: float) -> None:
        """Record the gradient flow of the first step in float32, before the step itself is taken.

        At initialisation a plain net's gradient in bfloat16 is mostly rounding.
        """
        for name, arm in self.arms.items():
            self._record_flow(name, arm.flow_in_float32(images, labels, rate), "float32")

    def _record_step(self, name: str, seen: Step, rate: float) -> None:
        facts = {"loss": seen.loss, "accuracy": seen.accuracy, "learning_rate": rate}
        self.record.event("step", arm=name, **facts, images_s=self.train.batch / seen.seconds)
        self._summaries.step({"arm": name, "step": self.record.step, **facts})

    def _record_flow(self, name: str, flow: np.ndarray, precision: str) -> None:
        rows = {q: row.tolist() for q, row in zip(QUANTITIES, flow, strict=True)}
        self.record.event("flow", arm=name, precision=precision, **rows)

    def _trace(self, flow: bool) -> None:
        for name, arm in self.arms.items():
            if not arm.is_traced(flow):
                self.record.state("tracing", arm=name)
                arm.trace(flow)
                self.record.state("running")

    def _evaluate(self, count: int) -> None:
        images, labels = self.data.test_images[:count], self.data.test_labels[:count]
        for name, arm in self.arms.items():
            found = evaluate(arm, images, labels)
            self.record.event("eval", arm=name, **found.facts)
            self.record.event("probe", arm=name, **found.sample)
            self._summaries.evaluation({"arm": name, "step": self.record.step, **found.facts})

    def _finish(self) -> None:
        """Evaluate and measure. A run without steps that measures does only what it asks for."""
        if self.train.steps:
            self._save()
        if self.train.steps or not self.experiment.measure:
            count = closing_count(self.arms, self.data.test_images, self.train.evaluate_images)
            self._evaluate(count)
        if not self.stopped:
            measure_all(self.record, self.arms, self.data, self._goes_on)
        self.record.end("stopped" if self.stopped else "done")

    def _save(self) -> None:
        snapshots.save(self._checkpoints, self.record.step, self.arms)

    def _park(self) -> None:
        if self.record.step:
            self._save()
        self.record.state("parked")
        raise Parked


def _facts(experiment: Experiment, data: cifar.Dataset) -> dict[str, object]:
    """Return the facts of `started` about the nets, the data and the versions."""
    return {
        "arms": {name: _net_facts(net) for name, net in experiment.arms.items()},
        "data": {
            "name": data.name,
            "label": data.label,
            "published": data.published,
            "fingerprint": data.fingerprint,
            "class_names": list(data.class_names),
            "train_images": len(data.train_images),
            "test_images": len(data.test_images),
        },
        "versions": {
            "residual": VERSION,
            "tensorflow": tf.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
    }


def _net_facts(net: NetConfig) -> dict[str, object]:
    return {
        "layers": arithmetic.weight_layers(net),
        "parameters": arithmetic.parameters(net),
        "macs": arithmetic.macs(net),
    }
