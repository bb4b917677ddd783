"""Turn what was changed in a run into the plan of an experiment that repeats it."""

from dataclasses import replace

from resnet_core.experiment.config import Experiment
from resnet_core.experiment.surgery.change import Change
from resnet_core.runs.log.history import History


def repeated(experiment: Experiment, past: History) -> Experiment:
    """Return the experiment with the changes that its first seed went through, at their steps.

    What it planned itself and did not come to stays planned. Raises ExperimentError for more
    changes than an experiment can plan.
    """
    first = past.by_seed[0]
    done = [Change(event["step"], **event["changed"]) for event in first.of("control")]
    ahead = [change for change in experiment.changes if change.step >= first.step]
    return replace(experiment, changes=(*done, *ahead))
