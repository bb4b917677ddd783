"""Keep arms that are already traced from run to run in one worker."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from resnet_core.nn.training.arms import Arm
from resnet_core.nn.training.fine_tuning.arm import FineTunedArm

MOST_AHEAD = 10_000_000  # parameters of all arms that are built for a choice


class ArmCache:
    """Keep at most `kept` arms and drop the least recently used first."""

    def __init__(self, kept: int):
        self.kept = kept
        self._arms: OrderedDict[tuple, Arm] = OrderedDict()
        demonstration = PRESETS[DEMONSTRATION]
        self._unused: set[tuple] = set()  # built for a choice, and not trained so far
        self._to_warm = [(demonstration, name) for name in demonstration.arms]

    def arm_for(self, experiment: Experiment, name: str) -> Arm:
        """Return an arm with that net and training, traced or new, with any weights.

        Two arms of one experiment may have the same net, so each has its own entry.
        """
        key = _key(experiment, name)
        self._unused.discard(key)
        net, train, seed = experiment.arms[name], experiment.train, experiment.seed
        moved, least = experiment.fine_tuning, len(experiment.arms)
        if moved is None:
            return self._kept(key, lambda: Arm(net, train, seed), least)
        return self._kept(key, lambda: FineTunedArm(net, train, moved.ways[name], seed), least)

    def source_arm(self, net: NetConfig, train: TrainConfig, seed: int) -> Arm:
        """Return an arm for the net that a fine-tuning starts from."""
        key = ("", None, *_traced_by(net, train))
        return self._kept(key, lambda: Arm(net, train, seed), 1)

    def _kept(self, key: tuple, make: Callable[[], Arm], least: int) -> Arm:
        if key not in self._arms:
            self._arms[key] = make()
        self._arms.move_to_end(key)
        while len(self._arms) > max(self.kept, least):
            self._arms.popitem(last=False)
        return self._arms[key]

    def warm_next(self) -> bool:
        """Trace one arm of the demonstration. Return False once all are traced."""
        if not self._to_warm:
            return False
        experiment, name = self._to_warm.pop(0)
        self.arm_for(experiment, name).warm_up()
        return True

    def build_next(self, chosen: Experiment) -> bool:
        """Build one more net of an experiment that may be started. Return False once all are built.

        They are not traced: that takes seconds, for which a Start would have to wait. Arms of
        earlier choices that were not trained make room, and those in use stay. Large nets are left
        to their Start, because nobody may ever train them.
        """
        wanted = {_key(chosen, name): name for name in chosen.arms}
        for key in self._unused - wanted.keys():
            del self._arms[key]
        self._unused &= wanted.keys()
        missing = [key for key in wanted if key not in self._arms]
        if len(wanted) > self.kept or _large(tuple(chosen.arms.values())):
            return False
        if not missing:
            return any(self._arms[key].build_copy() for key in wanted)
        self.arm_for(chosen, wanted[missing[0]])
        self._unused.add(missing[0])
        return True


@lru_cache(1)  # an idle worker asks twenty times a second
def _large(nets: tuple[NetConfig, ...]) -> bool:
    return sum(arithmetic.parameters(net) for net in nets) > MOST_AHEAD


def _key(experiment: Experiment, name: str) -> tuple:
    moved = experiment.fine_tuning
    way = None if moved is None else moved.ways[name]
    return (name, way, *_traced_by(experiment.arms[name], experiment.train))


def _traced_by(net: NetConfig, train: TrainConfig) -> tuple:
    """Return what a trace depends on, which excludes the steps, the rate and the seed."""
    return (
        net,
        train.batch,
        train.precision,
        train.optimizer,
        train.momentum,
        train.weight_decay,
        train.decay_norms,
        train.clip_norm,
        train.label_smoothing,
    )
