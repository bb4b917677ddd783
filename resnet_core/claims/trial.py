"""Define the runs that a claim needs, and cut the skips of a run while it trains."""

from dataclasses import dataclass, replace

from resnet_core import runs
from resnet_core.claims.claim import Claim
from resnet_core.experiment.config import Experiment

MOST_ARMS = 8


@dataclass(frozen=True)
class Trial:
    """Describe a run of a claim: its experiment, its seed, and the step at which skips are cut."""

    experiment: Experiment
    cuts: int = 0

    def alike(self, other: "Trial") -> bool:
        """Return whether another trial differs from this one only in its arms."""
        mine, theirs = self.experiment, other.experiment
        if self.cuts != other.cuts or (mine.fine_tuning is None) != (theirs.fine_tuning is None):
            return False
        return _with_arms_of(mine, theirs) == replace(theirs, name="x")

    def with_arms_of(self, other: "Trial") -> "Trial":
        """Return this trial with the arms of another one that is alike besides its own."""
        arms = {**self.experiment.arms, **other.experiment.arms}
        moved, theirs = self.experiment.fine_tuning, other.experiment.fine_tuning
        if moved is not None and theirs is not None:
            moved = replace(moved, ways={**moved.ways, **theirs.ways})
        return replace(self, experiment=replace(self.experiment, arms=arms, fine_tuning=moved))

    def prepare(self, run: runs.Run) -> None:
        """Pause the run at the step of the cut."""
        if self.cuts:
            runs.request(run.folder, command="pause", until=self.cuts)

    def tend(self, run: runs.Run, past: runs.History) -> None:
        """Cut the skips of a run that is paused at the step of the cut, and resume it."""
        resting = self.cuts and past.step >= self.cuts and runs.control(run.folder).command
        if resting == "pause":
            runs.request(run.folder, command="run", until=0, skips=False)


def trials(claim: Claim, seed: int, dataset: str = "cifar10") -> list[Trial]:
    """Return the runs of one seed without duplicates, including those of the control."""
    different: list[Trial] = []
    for experiment in (*claim.experiments, *claim.control.experiments):
        trial = Trial(replace(experiment, seed=seed, dataset=dataset), claim.cuts)
        if trial not in different:
            different.append(trial)
    return different


def watched(claim: Claim, seed: int, dataset: str) -> list[Trial]:
    """Return the same runs for someone who watches; arms with the same training share one run."""
    merged: list[Trial] = []
    for trial in trials(claim, seed, dataset):
        for place, other in enumerate(merged):
            arms = {**other.experiment.arms, **trial.experiment.arms}
            if other.alike(trial) and len(arms) <= MOST_ARMS:
                merged[place] = other.with_arms_of(trial)
                break
        else:
            merged.append(replace(trial, experiment=replace(trial.experiment, name=claim.name)))
    return merged


def _with_arms_of(one: Experiment, other: Experiment) -> Experiment:
    """Return an experiment with the arms of another and, if both fine-tune, their ways."""
    moved = one.fine_tuning
    if moved is not None and other.fine_tuning is not None:
        moved = replace(moved, ways=other.fine_tuning.ways)
    return replace(one, name="x", arms=other.arms, fine_tuning=moved)
