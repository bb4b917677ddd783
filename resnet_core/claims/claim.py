"""What a claim is: an experiment, what is measured, when it holds, and who said it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from base.messages import Message
from resnet_core import runs
from resnet_core.experiment.config import Experiment


@dataclass(frozen=True)
class Claim:
    """`measure` makes one number of a finished run; the claim holds for a run when that number is
    `sense` ("at least" or "at most") `threshold`. `quantity` says what the number is, `paper` what
    the literature says of it, with its own setting.
    """

    name: str
    design: Experiment
    measure: Callable[[runs.History], float]
    sense: str
    threshold: float
    quantity: Message
    paper: Message
    source: str

    def experiment(self, seed: int, dataset: str = "cifar10") -> Experiment:
        return replace(self.design, name=self.name, seed=seed, dataset=dataset)

    def holds(self, value: float) -> bool:
        return value >= self.threshold if self.sense == "at least" else value <= self.threshold
