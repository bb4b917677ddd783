"""Run the diagnostics that a run asks for after its last step, and write one event for each."""

import time
from collections.abc import Callable, Mapping

from resnet_core.data.cifar import Dataset
from resnet_core.nn.diagnostics.nets.subject import Subject
from resnet_core.nn.diagnostics.registry import measure
from resnet_core.nn.training.arms import Arm
from resnet_core.nn.training.output.record import Record


def measure_all(
    record: Record, arms: Mapping[str, Arm], data: Dataset, goes_on: Callable[[], bool]
) -> bool:
    """Measure every arm by every diagnostic of the experiment. Return whether all were measured.

    What the log already has is not measured twice. `goes_on` is called before each.
    """
    experiment = record.run.experiment
    known = {(e["name"], e["arm"]) for e in record.past.of("diagnostic")}
    trained = record.step > 0 or bool(experiment.weights)
    subjects: dict[str, Subject] = {}
    for name in experiment.measure:
        for arm_name, arm in arms.items():
            if (name, arm_name) in known:
                continue
            if not goes_on():
                return False
            record.state("measuring", arm=arm_name)
            if arm_name not in subjects:
                subjects[arm_name] = Subject.of(arm, data, experiment.seed, trained)
            began = time.perf_counter()
            figures = measure(name, subjects[arm_name])
            seconds = time.perf_counter() - began
            record.event("diagnostic", name=name, arm=arm_name, figures=figures, seconds=seconds)
    return True
