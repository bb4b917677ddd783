"""Find the settings in which runs differ, which a person reads before the curves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from resnet_core.experiment.config import Experiment, FineTuning, Way

TOLD_ELSEWHERE = ("name", "arms", "train")


@dataclass(frozen=True)
class Difference:
    """Hold one setting and its value in each run.

    `values` has a dictionary for each run, with the value of each arm by name. A value that all
    arms of a run share, and a setting of the whole run, has the empty name.
    """

    setting: str
    values: tuple[dict[str, object], ...]


def differences(experiments: Sequence[Experiment]) -> list[Difference]:
    """Return the settings in which at least two of the experiments differ, in a fixed order."""
    tables = [_settings(experiment) for experiment in experiments]
    names = dict.fromkeys(name for table in tables for name in table)
    rows = [Difference(name, tuple(table.get(name, {}) for table in tables)) for name in names]
    return [row for row in rows if any(value != row.values[0] for value in row.values)]


def _settings(experiment: Experiment) -> dict[str, dict[str, object]]:
    nets = {arm: asdict(net) for arm, net in experiment.arms.items()}
    fields = next(iter(nets.values()))
    by_net = {field: _shared({arm: net[field] for arm, net in nets.items()}) for field in fields}
    whole = {"dataset": experiment.dataset, "seed": experiment.seed, "seeds": experiment.seeds}
    whole |= asdict(experiment.train)
    whole |= {"weights": experiment.weights, "measure": experiment.measure}
    by_way = {} if experiment.fine_tuning is None else _ways(experiment.fine_tuning)
    arms: dict[str, dict[str, object]] = {"arms": {"": tuple(experiment.arms)}}
    return arms | by_net | {name: {"": value} for name, value in whole.items()} | by_way


def _ways(moved: FineTuning) -> dict[str, dict[str, object]]:
    """Return what is set of a fine-tuning, of all arms and of each."""
    ways = {arm: asdict(way) for arm, way in moved.ways.items()}
    by_way = {
        one.name: _shared({arm: way[one.name] for arm, way in ways.items()}) for one in fields(Way)
    }
    whole = {name: {"": getattr(moved, name)} for name in ("split", "images", "source_steps")}
    return whole | by_way


def _shared(by_arm: dict[str, object]) -> dict[str, object]:
    values = list(by_arm.values())
    return {"": values[0]} if all(value == values[0] for value in values) else by_arm
