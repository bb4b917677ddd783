"""Define the way in which one arm is fine-tuned: what is trained when, how fast, and in which mode.

The two phases are those of Keras' guide "Transfer learning & fine-tuning": first the new head on a
frozen body, then the body as well, at a smaller rate.
"""

from dataclasses import dataclass

from resnet_core.experiment.checks.combinations import against_way
from resnet_core.experiment.checks.values import ExperimentError, check, number, one_of, whole
from resnet_core.experiment.fine_tuning import norms, parts
from resnet_core.experiment.fine_tuning.kinds import HEAD, LAST_STAGE, NORMS, PARTS

ROOMS = (norms, parts)  # importing them registers every variant


@dataclass(frozen=True)
class Phase:
    """Hold what is so for some steps: `part` of the net is trained, `batch_statistics` says whether
    BatchNorm normalises by the batch and moves its averages.
    """

    part: str
    batch_statistics: bool

    def trains(self, layer: str) -> bool:
        """Return whether the layer of a name is trained."""
        return PARTS[self.part](layer)


@dataclass(frozen=True)
class Way:
    """Describe how one arm moves to the new classes.

    `trains` names the part of the net that is trained. For the first `head_first` steps only the
    head is. `body_rate` is the learning rate of the body as a share of the head's. `norms` says
    what BatchNorm does. Without `pretrained` the body keeps the weights of its initialisation, so
    the arm learns the new classes from scratch.
    """

    trains: str = PARTS.default
    head_first: int = 0
    body_rate: float = 1.0
    norms: str = NORMS.default
    pretrained: bool = True

    def __post_init__(self) -> None:
        rate = self.body_rate
        check(
            (one_of(self.trains, PARTS), "trains", " or ".join(PARTS), self.trains),
            (one_of(self.norms, NORMS), "norms", " or ".join(NORMS), self.norms),
            (
                whole(self.head_first) and 0 <= self.head_first <= 1_000_000,
                "head_first",
                "0 or more steps",
                self.head_first,
            ),
            (number(rate) and 0 < rate <= 10, "body_rate", "above 0, at most 10", rate),
            (isinstance(self.pretrained, bool), "pretrained", "true or false", self.pretrained),
        )
        why = against_way(self)
        if why is not None:
            raise ExperimentError(why)

    def phase_at(self, step: int) -> Phase:
        """Return what is so at a step, counted from 0."""
        part = HEAD if step < self.head_first else self.trains
        body_trains = PARTS[part](f"{LAST_STAGE}block1_conv1")
        return Phase(part, NORMS[self.norms](body_trains))

    def begins_at(self, step: int) -> bool:
        """Return whether a phase begins at a step after the first, with a fresh optimizer."""
        return step > 0 and step == self.head_first
