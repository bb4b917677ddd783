"""Write the numbers of a run for TensorBoard; `tensorboard --logdir` shows the runs folder."""

import shutil
from pathlib import Path

import tensorflow as tf

from resnet_core import runs

OF_STEP = ("loss", "accuracy", "learning_rate")
OF_EVALUATION = {"test_accuracy": "accuracy", "test_loss": "loss"}


class Summaries:
    """One TensorBoard run an arm and seed, written anew from the log when a run is taken up again.

    So no step stands there twice, and none that a kill took from TensorFlow's buffer is missing.
    A run of one seed calls them by the arm alone.
    """

    def __init__(self, folder: Path, past: runs.History):
        self._folder, self._seed = folder, past.seed
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
        """Write what TensorFlow has buffered."""
        for writer in self._writers.values():
            writer.close()

    def _write(self, arm: str, step: int, values: dict[str, float | None]) -> None:
        name = arm if self._seed is None else f"{arm}-seed-{self._seed}"
        if name not in self._writers:
            self._writers[name] = tf.summary.create_file_writer(str(self._folder / name))
        with self._writers[name].as_default(step=step):
            for tag, value in values.items():
                if value is not None:
                    tf.summary.scalar(tag, value)
