"""Fine-tune the arms of one run: its source first, then the loop of every run, phase by phase."""

from collections.abc import Callable

from resnet_core.data import lent
from resnet_core.nn.training.fine_tuning import source
from resnet_core.nn.training.fine_tuning.arm import FineTunedArm
from resnet_core.nn.training.fine_tuning.classes import of_classes
from resnet_core.nn.training.images import dataset
from resnet_core.nn.training.loop import ArmFor, Training
from resnet_core.nn.training.output.record import Record
from resnet_core.nn.training.workers.arm_cache import ArmCache


class FineTuningRun(Training):
    """Train one run on the images of the new classes, with every arm in its own way.

    It also records what the bodies still know of the classes that they learned first. Raises
    Interrupted if it is to stop, or to be parked, while the source is trained.
    """

    arms: dict[str, FineTunedArm]

    def __init__(
        self, record: Record, cache: ArmCache, asked_to_park: Callable[[], bool] = lambda: False
    ):
        experiment, moved = record.run.experiment, record.run.experiment.fine_tuning
        whole = dataset(experiment.dataset, record.run.source)
        self._learned = of_classes(whole, moved.learned(whole.name))
        new = of_classes(whole, moved.new(whole.name), moved.images, experiment.seed)
        self._sources = source.of_arms(record, cache.source_arm, self._learned, asked_to_park)
        with lent.instead(new):
            super().__init__(record, cache.arm_for, asked_to_park)
        for name, arm in self.arms.items():
            trained = arm.trained_parameters(self.train.steps - 1)
            self.record.event("thawed", arm=name, parameters=trained)

    def _prepared(self, arm_for: ArmFor, name: str) -> FineTunedArm:
        arm = super()._prepared(arm_for, name)
        if name in self._sources:
            self._sources[name].give(arm)
        return arm

    def _one_step(self) -> None:
        for arm in self.arms.values():
            arm.enter(self.record.step)
        super()._one_step()

    def _evaluate(self, count: int) -> None:
        super()._evaluate(count)
        for name, found in self._sources.items():
            accuracy = found.accuracy(self.arms[name], self._learned)
            self.record.event(
                "memory", arm=name, accuracy=accuracy, before=found.about.accuracy,
                images=found.about.images,
            )  # fmt: skip
