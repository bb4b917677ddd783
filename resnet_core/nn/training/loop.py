"""Trains the arms of one run in lock-step and writes its log (contract of `resnet_core.runs`).

Every arm takes step k on the same batch before any takes step k + 1; the arms of one step work
side by side. Between steps the worker looks at what the learner wishes: pause, one more step,
stop, another learning rate.
"""

import math
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import tensorflow as tf

from base.messages import Message
from base.version import VERSION
from resnet_core import runs
from resnet_core.data import cifar, synthetic
from resnet_core.data.batches import Batches
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import QUANTITIES, Experiment
from resnet_core.nn.runtime import SideBySide
from resnet_core.nn.training.arms import Arm, Step
from resnet_core.runs import checkpoints

PARK_AFTER_S = 600.0  # a paused run gives up the slot then
PARK_AFTER_IN_COMPANY_S = 60.0  # … or then, when another run waits
LOOK_EVERY_S = 0.05
PROBED = 16


class Parked(Exception):  # noqa: N818 - no error: the run gave up its slot and can be resumed
    """The run was set aside with a checkpoint."""


class Training:
    """One run on one worker, from its first `started` to its `end`.

    `arm_for` hands out arms that may be traced already; `asked_to_park` says whether the worker
    itself is to go.
    """

    def __init__(
        self,
        run: runs.Run,
        log: runs.Log,
        arm_for: Callable[[Experiment, str], Arm],
        asked_to_park: Callable[[], bool] = lambda: False,
    ):
        self.run, self.log = run, log
        self.experiment, self.train = run.experiment, run.experiment.train
        self._arm_for, self._asked_to_park = arm_for, asked_to_park
        self._clock = _clock(run)
        self._side_by_side = SideBySide(len(self.experiment.arms))
        self._summaries = {}
        self.step, self.stopped = 0, False

    def go(self) -> None:
        """Raises Parked, and whatever goes wrong; writes `end` when the run is over."""
        self.begin()
        while self.advance():
            pass
        self._finish()

    def begin(self) -> None:
        """Data, arms, and where the last checkpoint stood."""
        data = _dataset(self.experiment.dataset, self.run.source)
        saved = checkpoints.latest(self.run.folder / runs.CHECKPOINTS)
        self.step = saved[0] if saved else 0
        self._start(data)
        self.batches = Batches(
            data.train_images,
            data.train_labels,
            self.train.batch,
            self.experiment.seed,
            self.train.augment,
        )
        self.test = data.test_images[: self.train.evaluate_images]
        self.test_labels = data.test_labels[: self.train.evaluate_images]
        self._state("building")
        self.arms = {name: self._prepare(name) for name in self.experiment.arms}
        if saved:
            self._restore(saved[1])
        self._first = self.step
        self._state("running")

    def advance(self) -> bool:
        """One step of every arm; False, and none, after the last or when the learner stops."""
        if self.step >= self.train.steps:
            return False
        if self._heed().want == "stop":
            self.stopped = True
            return False
        self._one_step()
        self.step += 1
        if self.step % self.train.checkpoint_every == 0:
            self._save()
        every = self.train.evaluate_every
        if every and self.step % every == 0 and self.step < self.train.steps:
            self._evaluate()
        return True

    def _one_step(self) -> None:
        rate = self.train.rate_at(self.step, self._peak)
        images, labels = self.batches.at(self.step)
        flow = self.step % self.train.flow_every == 0
        if self.step > self._first:  # the first step does without, so that its chart comes at once
            self._trace(flow)
        # In turn before they are traced: eager operations share their kernels, and two threads in
        # the same oneDNN kernel corrupt memory (TensorFlow 2.21).
        traced = all(arm.is_traced(flow) for arm in self.arms.values())
        steps = (self._side_by_side.map if traced else map)(
            lambda arm: arm.step(images, labels, rate, flow=flow), list(self.arms.values())
        )
        self.seen = dict(zip(self.arms, steps, strict=True))
        for name, step in self.seen.items():
            self._record(name, step, rate)

    def _record(self, name: str, seen: Step, rate: float) -> None:
        self._event(
            "step",
            arm=name,
            loss=seen.loss,
            accuracy=seen.accuracy,
            learning_rate=rate,
            images_s=self.train.batch / seen.seconds,
        )
        if seen.flow is not None:
            rows = {q: row.tolist() for q, row in zip(QUANTITIES, seen.flow, strict=True)}
            self._event("flow", arm=name, **rows)
        self._summarise(name, {"loss": seen.loss, "accuracy": seen.accuracy, "learning_rate": rate})
        if not math.isfinite(seen.loss):
            raise Diverged(name, self.step, rate)

    def _heed(self) -> runs.Wish:
        """The learner's wish, after waiting as long as the run is paused."""
        paused_at = None
        while True:
            if self._asked_to_park():
                self._park()
            wish = runs.wish(self.run.folder)
            self._follow_rate(wish)
            if wish.want != "pause" or self.step < wish.until:
                if paused_at is not None:
                    self._state("running")
                return wish
            if paused_at is None:
                paused_at = time.monotonic()
                self._state("paused")
            patience = PARK_AFTER_IN_COMPANY_S if runs.queue_entries() else PARK_AFTER_S
            if time.monotonic() - paused_at > patience:
                self._park()
            time.sleep(LOOK_EVERY_S)

    def _follow_rate(self, wish: runs.Wish) -> None:
        peak = wish.learning_rate or self.train.learning_rate
        if peak != self._peak:
            self._event("control", changed={"learning_rate": peak})
            self._peak = peak

    def _start(self, data: cifar.Dataset) -> None:
        arms = {
            name: {
                "layers": arithmetic.weight_layers(net),
                "parameters": arithmetic.parameters(net),
                "macs": arithmetic.macs(net),
            }
            for name, net in self.experiment.arms.items()
        }
        about = {
            "name": data.name,
            "label": data.label,
            "published": data.published,
            "fingerprint": data.fingerprint,
            "class_names": list(data.class_names),
            "train_images": len(data.train_images),
            "test_images": len(data.test_images),
        }
        versions = {
            "residual": VERSION,
            "tensorflow": tf.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        }
        self._peak = self.train.learning_rate
        self.log.write(
            "started",
            durable=True,
            from_step=self.step,
            arms=arms,
            data=about,
            versions=versions,
            elapsed_s=self._clock(),
        )
        runs.leave_queue(self.run.folder)

    def _trace(self, flow: bool) -> None:
        for name, arm in self.arms.items():
            if not arm.is_traced(flow):
                self._state("tracing", arm=name)
                arm.trace(flow)
                self._state("running")

    def _prepare(self, name: str) -> Arm:
        arm = self._arm_for(self.experiment, name)
        arm.reset(self.experiment.seed)
        arm.normalise_by(self.batches.mean, self.batches.deviation)
        self._event("built", arm=name, parameters=arm.trainable_parameters)
        return arm

    def _finish(self) -> None:
        self._save()
        self._evaluate()
        self._event("end", durable=True, status="stopped" if self.stopped else "done", reason=None)

    def _evaluate(self) -> None:
        for name, arm in self.arms.items():
            logits = arm.predict(self.test)
            chances = np.exp(logits - logits.max(1, keepdims=True))
            chances /= chances.sum(1, keepdims=True)
            right = chances[np.arange(len(logits)), self.test_labels]
            accuracy = float(np.mean(logits.argmax(1) == self.test_labels))
            loss = float(np.mean(-np.log(np.maximum(right, 1e-12))))
            self._event("eval", arm=name, accuracy=accuracy, loss=loss, images=len(logits))
            self._event(
                "probe",
                arm=name,
                images=list(range(min(PROBED, len(logits)))),
                labels=self.test_labels[:PROBED].tolist(),
                probabilities=chances[:PROBED].tolist(),
            )
            self._summarise(name, {"test_accuracy": accuracy, "test_loss": loss})

    def _save(self) -> None:
        arrays = {
            f"{name}/{key}": value
            for name, arm in self.arms.items()
            for key, value in arm.state().items()
        }
        checkpoints.save(self.run.folder / runs.CHECKPOINTS, self.step, arrays)

    def _restore(self, arrays: dict[str, np.ndarray]) -> None:
        for name, arm in self.arms.items():
            mark = f"{name}/"
            arm.restore({k.removeprefix(mark): v for k, v in arrays.items() if k.startswith(mark)})

    def _park(self) -> None:
        self._save()
        self._state("parked")
        raise Parked

    def _state(self, state: str, **about) -> None:
        self._event("state", state=state, **about)

    def _event(self, kind: str, **values) -> None:
        self.log.write(kind, step=self.step, elapsed_s=self._clock(), **values)

    def _summarise(self, name: str, values: dict[str, float]) -> None:
        """The same numbers for TensorBoard: `tensorboard --logdir` on the runs folder."""
        if name not in self._summaries:
            folder = self.run.folder / runs.SUMMARIES / name
            self._summaries[name] = tf.summary.create_file_writer(str(folder))
        with self._summaries[name].as_default(step=self.step):
            for tag, value in values.items():
                tf.summary.scalar(tag, value)

    def close(self) -> None:
        self._side_by_side.close()
        for writer in self._summaries.values():
            writer.close()


class Diverged(Exception):  # noqa: N818 - reads as what happened
    """A loss that is not a finite number."""

    def __init__(self, arm: str, step: int, rate: float):
        english = (
            f"The loss of {arm} is not a finite number at step {step}: the net diverged at the "
            f"learning rate {rate:.4g}. Try a tenth of it."
        )
        super().__init__(english)
        self.message = Message("runs.diverged", {"arm": arm, "step": step, "rate": rate}, english)


def _dataset(name: str, source: str) -> cifar.Dataset:
    return synthetic.load() if name == "synthetic" else cifar.find(name, _path(source))


def _path(source: str) -> Path | None:
    return Path(source) if source else None


def _clock(run: runs.Run) -> Callable[[], float]:
    """Seconds since Start was pressed; a resumed run goes on from its last event."""
    past = [event["elapsed_s"] for event in runs.history(run.folder).events]
    began = time.monotonic()
    waited = datetime.now(UTC) - datetime.fromisoformat(run.created)
    before = max(past) if past else max(0.0, waited.total_seconds())
    return lambda: before + time.monotonic() - began
