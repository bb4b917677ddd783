"""Define one arm of an experiment: a net, its optimizer, and one traced training step."""

import importlib
import time
from dataclasses import dataclass, replace

import numpy as np
import tensorflow as tf

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.experiment.surgery.limits import possible
from resnet_core.nn.diagnostics import gradient_flow
from resnet_core.nn.resnet.layers import FusedBatchNorm
from resnet_core.nn.resnet.network import build_tapped, operated, reinitialise
from resnet_core.nn.runtime import without_collections

OPTIMIZERS = "resnet_core.nn.training.optimizers"


@dataclass(frozen=True)
class Step:
    """Hold what a step measured before its update. `flow` is (5, layers), a row a quantity."""

    loss: float
    accuracy: float
    seconds: float
    flow: np.ndarray | None


class Arm:
    """Hold a net and its optimizer.

    Tracing takes seconds, so an arm is kept and given new weights for another seed. Before it is
    traced it takes its steps eagerly, which is three times as slow.
    """

    @without_collections()
    def __init__(self, net: NetConfig, train: TrainConfig, seed: int = 0):
        self.net, self.train = net, train
        self.layers = arithmetic.weight_layers(net)
        self.model, tapped = build_tapped(net, seed, train.precision)
        self._fresh: int | None = seed  # the seed of weights that nothing has changed yet
        self.surgery = self._asked = WHOLE  # what was made of what was asked for
        self._taps = {WHOLE.text: tapped}  # by surgery
        self._resting: dict[str, list[int]] = {WHOLE.text: []}  # places of weights not in use
        self._norms = [one for one in self.model.layers if isinstance(one, FusedBatchNorm)]
        trained = self.model.trainable_variables
        self._weights = [weight.value for weight in trained]
        self._paths = [weight.path for weight in trained]
        decayed = [train.decay_norms or weight.path.endswith("kernel") for weight in trained]
        optimizers = importlib.import_module(f"{OPTIMIZERS}.{train.optimizer}")
        self._optimizer = optimizers.Optimizer(train, self._weights, decayed)
        places = {id(weight): place for place, weight in enumerate(trained)}
        self._kernels = [places[id(self.model.get_layer(name).kernel)] for name in self.layers]
        self._mean = tf.Variable(tf.zeros(3), trainable=False)
        self._deviation = tf.Variable(tf.ones(3), trainable=False)
        # AutoGraph is off: the step has no loop or branch to convert, and tracing is what a
        # person waits for.
        self._traced = tf.function(self._step, autograph=False)
        self._traces: set[tuple[bool, str]] = set()  # pairs of flow and surgery
        self._predict = tf.function(self._logits, reduce_retracing=True, autograph=False)
        self._copy_in_float32: Arm | None = None

    @property
    def trainable_parameters(self) -> int:
        """Return the number of trainable parameters, counted on the net that was built."""
        return sum(int(np.prod(weight.shape)) for weight in self._weights)

    def reset(self, seed: int) -> None:
        """Give the net the weights that `build_net` makes for the seed, and reset the momentum."""
        self.operate(WHOLE)
        if self._fresh == seed:
            return
        reinitialise(self.model, self.net, seed)
        for slot in self._optimizer.slots:
            slot.assign(tf.zeros_like(slot))
        self._fresh = seed

    def take(self, weights: list[np.ndarray]) -> None:
        """Start from these weights, in the order of `model.get_weights()`, without momentum."""
        self._fresh = None
        self.model.set_weights(weights)
        for slot in self._optimizer.slots:
            slot.assign(tf.zeros_like(slot))

    def operate(self, surgery: Surgery) -> None:
        """Make a surgery on the net while it trains, or undo one, with the weights that it has.

        What this net cannot have is left out: a plain net has no skips to take out. The weights of
        a deleted block rest as they are, with their momentum, until the block is put back.
        """
        if surgery == self._asked:
            return
        self._asked, self.surgery = surgery, possible(self.net, surgery)
        text = self.surgery.text
        if text not in self._taps:
            self._taps[text] = operated(self.model, self.net, self.surgery)
            used = {weight.path for weight in self._taps[text].trainable_variables}
            self._resting[text] = [k for k, path in enumerate(self._paths) if path not in used]
        for norm in self._norms:
            norm.by_averages = self.surgery.averages

    def is_traced(self, flow: bool) -> bool:
        """Say whether steps with or without the gradient flow are traced."""
        return (flow, self.surgery.text) in self._traces

    @without_collections()
    def trace(self, flow: bool) -> None:
        """Trace steps with or without the gradient flow, without computing one."""
        batch, side = self.train.batch, arithmetic.SIDE
        images = tf.TensorSpec((batch, side, side, arithmetic.CHANNELS), tf.uint8)
        labels = tf.TensorSpec((batch,), tf.int32)
        rate = tf.TensorSpec((), tf.float32)
        self._traced.get_concrete_function(
            images, labels, rate, flow=flow, surgery=self.surgery.text
        )
        self._traces.add((flow, self.surgery.text))

    def warm_up(self) -> None:
        """Trace and compile ahead of a run, by a step on zeros. Call `reset` afterwards."""
        self.trace(flow=True)
        batch, side = self.train.batch, arithmetic.SIDE
        images = np.zeros((batch, side, side, arithmetic.CHANNELS), np.uint8)
        self.step(images, np.zeros(batch, np.int32), 0.0, flow=True)

    def normalise_by(self, mean: np.ndarray, deviation: np.ndarray) -> None:
        """Set the channel statistics of the images, (3,) each, in 0 to 255."""
        self._mean.assign(mean.astype(np.float32))
        self._deviation.assign(deviation.astype(np.float32))

    @property
    def statistics(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean and standard deviation of each channel by which images are normalised."""
        return self._mean.numpy(), self._deviation.numpy()

    def step(self, images: np.ndarray, labels: np.ndarray, rate: float, *, flow: bool) -> Step:
        """Take one update on `images` (N, 32, 32, 3) uint8 and `labels` (N,) int32."""
        began = time.perf_counter()
        self._fresh = None
        take = self._traced if self.is_traced(flow) else self._eager_step
        results = take(
            tf.constant(images),
            tf.constant(labels),
            tf.constant(rate, tf.float32),
            flow=flow,
            surgery=self.surgery.text,
        )
        loss, accuracy, *rest = [result.numpy() for result in results]
        seconds = time.perf_counter() - began
        return Step(float(loss), float(accuracy), seconds, rest[0] if rest else None)

    def build_copy(self) -> bool:
        """Build the copy in float32 that `flow_in_float32` needs, ahead of the first step.

        Return False if it is there already, or if the arm itself computes in float32.
        """
        if self.train.precision == "float32" or self._copy_in_float32 is not None:
            return False
        self._copy_in_float32 = self._in_float32()
        return True

    def flow_in_float32(self, images: np.ndarray, labels: np.ndarray, rate: float) -> np.ndarray:
        """Return the gradient flow that the next step would have in float32, (5, layers).

        It is computed on a copy, eagerly and without momentum: it is meant for the first step.
        """
        exact, self._copy_in_float32 = self._copy_in_float32 or self._in_float32(), None
        exact.model.set_weights(self.model.get_weights())
        exact.normalise_by(*self.statistics)
        exact.operate(self.surgery)
        return exact.step(images, labels, rate, flow=True).flow

    def _in_float32(self) -> "Arm":
        return Arm(self.net, replace(self.train, precision="float32"))

    def predict(self, images: np.ndarray, batch: int = 250) -> np.ndarray:
        """Return logits (N, classes) float32, with BatchNorm's moving averages."""
        parts = [images[first : first + batch] for first in range(0, len(images), batch)]
        return np.concatenate(
            [self._predict(tf.constant(part), surgery=self.surgery.text).numpy() for part in parts]
        )

    def state(self) -> dict[str, np.ndarray]:
        """Return everything that a resumed run needs: weights, moving averages, optimizer."""
        weights = {f"w{i}": value for i, value in enumerate(self.model.get_weights())}
        return weights | {f"v{i}": slot.numpy() for i, slot in enumerate(self._optimizer.slots)}

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Set the state to what `state` returned."""
        self._fresh = None
        self.model.set_weights([state[f"w{i}"] for i in range(len(self.model.weights))])
        for i, slot in enumerate(self._optimizer.slots):
            slot.assign(state[f"v{i}"])

    @without_collections()
    def _eager_step(self, *given, **options):
        return self._step(*given, **options)

    def _step(self, images, labels, rate, flow: bool, surgery: str):
        x = self._normalised(images)
        with tf.GradientTape() as tape:
            tape.watch(x)
            *inputs, logits = self._taps[surgery](x, training=True)
            loss = tf.reduce_mean(self._losses(labels, logits))
        inputs[0] = x
        inputs = self._of_every_layer(inputs)
        sources = self._weights + inputs if flow else self._weights
        gradients = tape.gradient(loss, sources, unconnected_gradients="zero")
        weight_gradients = gradients[: len(self._weights)]
        kernels = [self._weights[k] for k in self._kernels]
        before = gradient_flow.norms(kernels) if flow else None
        steps = self._update_used(surgery, weight_gradients, rate, flow)
        hits = tf.cast(tf.argmax(logits, 1, tf.int32) == labels, tf.float32)
        results = [loss, tf.reduce_mean(hits)]
        if flow:
            results.append(
                tf.stack(
                    [
                        gradient_flow.norms([weight_gradients[k] for k in self._kernels]),
                        gradient_flow.norms(gradients[len(self._weights) :]),
                        gradient_flow.norms(steps) / tf.maximum(before, 1e-30),
                        *gradient_flow.activations(inputs),
                    ]
                )
            )
        return results

    def _losses(self, labels, logits):
        """Return the loss of each image, (N,)."""
        smoothing, classes = self.train.label_smoothing, self.net.classes
        if not smoothing:
            return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        others = smoothing / classes
        targets = tf.one_hot(labels, classes, 1.0 - smoothing + others, others)
        return tf.nn.softmax_cross_entropy_with_logits(targets, logits)

    def _of_every_layer(self, inputs: list[tf.Tensor]) -> list[tf.Tensor]:
        """Return an input for each weight layer; a layer that was deleted gets a single zero."""
        if len(inputs) == len(self.layers):
            return inputs
        found = iter(inputs)
        used = self.surgery.has_layer
        return [next(found) if used(name) else tf.zeros((1, 1, 1, 1)) for name in self.layers]

    def _update_used(self, surgery: str, gradients, rate, flow: bool) -> list[tf.Tensor]:
        """Take one step with the weights that the net still uses; the others rest.

        Return what `_update` returns, with a step of zero for a kernel that rests.
        """
        resting = self._resting[surgery]
        if not resting:
            return self._update(gradients, rate, flow)
        count, slots = len(self._weights), self._optimizer.slots
        by_weight = slots[: len(slots) // count * count]  # an optimizer may also count its steps
        held = [v for k in resting for v in (self._weights[k], *by_weight[k::count])]
        before = [tf.identity(variable) for variable in held]
        steps = [tf.identity(step) for step in self._update(gradients, rate, flow)]
        for variable, value in zip(held, before, strict=True):
            variable.assign(value)
        return [
            tf.zeros_like(step) if k in resting else step
            for k, step in zip(self._kernels, steps, strict=False)
        ]

    def _update(self, gradients, rate, flow: bool) -> list[tf.Tensor]:
        """Take one step. Return how far it moved each kernel if `flow` is true."""
        if self.train.clip_norm:
            gradients, _ = tf.clip_by_global_norm(gradients, self.train.clip_norm)
        measured = flow and not self._optimizer.slots_are_steps
        before = [tf.identity(self._weights[k]) for k in self._kernels] if measured else []
        self._optimizer.update(gradients, rate)
        if measured:
            return [self._weights[k] - old for k, old in zip(self._kernels, before, strict=True)]
        return [self._optimizer.slots[k] for k in self._kernels] if flow else []

    def _logits(self, images, surgery: str):
        if surgery == WHOLE.text:
            return self.model(self._normalised(images), training=False)
        return self._taps[surgery](self._normalised(images), training=False)[-1]

    def _normalised(self, images):
        return (tf.cast(images, tf.float32) - self._mean) / self._deviation
