"""Say what a script has to repeat, and refuse in a sentence what no script of ours can."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.messages import Message, UserError
from resnet_core import runs
from resnet_core.experiment.config import Experiment

COMPARED = 8  # steps at which the script compares its losses with the run's
# This is a share of the loss, or of 1 if the loss is smaller. The log has four digits. On the run's
# machine a ResNet-56 and its plain twin agreed in all four at each of 120 steps.
TOLERANCE = 0.001
# Keras' AdamW rounds in another order than the lab's: a ResNet-20 differed by 0.016 in 60 steps.
ADAMW_TOLERANCE, ADAMW_UNTIL = 0.05, 60


class CannotWrite(UserError):  # noqa: N818 - nothing failed
    """Raised for what the script cannot express; its sentence says what to do."""


@dataclass(frozen=True)
class Subject:
    """Hold an experiment and, if it is that of a run, what happened in it.

    `peaks` maps a step to the peak learning rate from that step on. `losses` has the training loss
    of some of the first steps for each arm. `fingerprint` and `label` are those of the data.
    """

    experiment: Experiment
    peaks: Mapping[int, float]
    losses: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    fingerprint: str = ""
    label: str = ""
    run: str = ""

    @property
    def tolerance(self) -> float:
        """Return how far the script's losses may be from those of the run."""
        return ADAMW_TOLERANCE if self.experiment.train.optimizer == "adamw" else TOLERANCE


def of_experiment(experiment: Experiment) -> Subject:
    """Return what a script of an experiment repeats. Raises CannotWrite."""
    _check(experiment)
    peaks = {0: experiment.train.learning_rate}
    for change in experiment.changes:
        if set(change.changed) - {"learning_rate"}:
            raise CannotWrite(Message("standalone.surgery"))
        if change.learning_rate is not None:
            peaks[change.step] = change.learning_rate
    return Subject(experiment, peaks)


def of_run(run: runs.Run) -> Subject:
    """Return what a script of a run repeats, with the changes of its rate.

    If the run has several seeds, this is the first. Raises CannotWrite.
    """
    _check(run.experiment)
    past = runs.history(run.folder).by_seed[0]
    peaks = {0: run.experiment.train.learning_rate}
    for event in past.of("control"):
        if set(event["changed"]) != {"learning_rate"}:
            raise CannotWrite(Message("standalone.surgery"))
        peaks[event["step"]] = event["changed"]["learning_rate"]
    data = (past.started or {}).get("data", {})
    adamw = run.experiment.train.optimizer == "adamw"
    until = ADAMW_UNTIL if adamw else run.experiment.train.steps
    losses = {arm: _some(past.of("step", arm), until) for arm in run.experiment.arms}
    return Subject(
        run.experiment,
        peaks,
        {arm: found for arm, found in losses.items() if found},
        data.get("fingerprint", ""),
        data.get("label", ""),
        run.id,
    )


def _some(steps: list[runs.Event], until: int) -> dict[int, float]:
    """Return the losses of a few steps by step, the first included; none is NaN."""
    finite = [e for e in steps if e["loss"] is not None and e["step"] < until]
    return {e["step"]: e["loss"] for e in finite[:: max(1, -(-len(finite) // COMPARED))]}


def _check(experiment: Experiment) -> None:
    """Raise CannotWrite for an experiment that a script would get wrong."""
    if not experiment.train.steps:
        raise CannotWrite(Message("standalone.nothing_trained"))
    if experiment.weights:
        raise CannotWrite(Message("standalone.weights"))
    if experiment.fine_tuning is not None:
        raise CannotWrite(Message("standalone.fine_tuning"))
    if experiment.train.precision != "float32":
        precision = experiment.train.precision
        raise CannotWrite(Message("standalone.precision", {"precision": precision}))
