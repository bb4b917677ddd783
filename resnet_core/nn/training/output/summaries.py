"""Write the numbers of a run for TensorBoard; `tensorboard --logdir` shows the runs folder."""

import shutil
from pathlib import Path

import tensorflow as tf

from resnet_core import runs
from resnet_core.experiment.config import QUANTITIES

FLOWS = 50  # steps of an arm whose gradient flow is kept: the first, the last, and some between
OF_STEP = ("loss", "accuracy", "learning_rate")
OF_EVALUATION = {"test_accuracy": "accuracy", "test_loss": "loss"}


class Summaries:
    """One TensorBoard run an arm and seed, written anew from the log when a run is taken up again.

    So no step stands there twice, and none that a kill took from TensorFlow's buffer is missing.
    A run of one seed calls them by the arm alone. The gradient flow of each layer, hundreds of
    numbers a step, is written from the log when the training rests or ends, FLOWS steps of it.
    """

    def __init__(self, folder: Path, past: runs.History):
        self._folder, self._seed, self._closed = folder, past.seed, False
        self._writers: dict[str, tf.summary.SummaryWriter] = {}
        if folder.is_dir():
            shutil.rmtree(folder)
        for of_seed in past.by_seed:
            self._seed = of_seed.seed
            for event in of_seed.events:
                if event["kind"] == "step":
                    self.step(event)
                elif event["kind"] == "eval":
                    self.evaluation(event)

    def step(self, event: runs.Event) -> None:
        """Add a `step` event."""
        self._write(event["arm"], event["step"], {tag: event[tag] for tag in OF_STEP})

    def evaluation(self, event: runs.Event) -> None:
        """Add an `eval` event."""
        values = {tag: event[field] for tag, field in OF_EVALUATION.items()}
        self._write(event["arm"], event["step"], values)

    def close(self) -> None:
        """Write the gradient flow by layer, and what TensorFlow has buffered. Once is enough."""
        if self._closed:
            return
        self._closed = True
        for of_seed in runs.history(self._folder.parent).by_seed:
            self._seed = of_seed.seed
            for arm, facts in (of_seed.started or {"arms": {}})["arms"].items():
                for event in _spread_out(of_seed.of("flow", arm)):
                    self._flow(event, facts["layers"])
        for writer in self._writers.values():
            writer.close()

    def _flow(self, event: runs.Event, layers: list[str]) -> None:
        for quantity in QUANTITIES:
            named = zip(layers, event[quantity], strict=True)
            values = {f"{quantity}/{layer}": value for layer, value in named}
            self._write(event["arm"], event["step"], values)

    def _write(self, arm: str, step: int, values: dict[str, float | None]) -> None:
        name = arm if self._seed is None else f"{arm}-seed-{self._seed}"
        if name not in self._writers:
            self._writers[name] = tf.summary.create_file_writer(str(self._folder / name))
        with self._writers[name].as_default(step=step):
            for tag, value in values.items():
                if value is not None:
                    tf.summary.scalar(tag, value)


def _spread_out(flows: list[runs.Event]) -> list[runs.Event]:
    """Return at most FLOWS of the events, from the first to the last at like distances."""
    if len(flows) <= FLOWS:
        return flows
    last = len(flows) - 1
    return [flows[round(place * last / (FLOWS - 1))] for place in range(FLOWS)]
