"""Where runs are trained: on this machine, or on a cluster. One process of a machine serves each.

RESIDUAL_EXECUTOR or `--on` names the executor. The pages, the commands and the run folder are the
same with both: only the process that takes runs from the queue differs. The one of this machine
trains them itself; the relay of a cluster sends them to its nodes and writes down what they tell;
the chief of several devices shares each step with them.
"""

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec

from base.messages import Message, UserError
from resnet_core import runs
from resnet_core.experiment.config import Experiment


class ExecutorError(UserError):
    """Report an executor that cannot be used here."""


@dataclass(frozen=True)
class Executor:
    """An executor and the process that serves its queue.

    `module` is that process's module, and `mark` is how the names of its files in the home folder
    begin. `needs` is a package that requirements.txt does not have. `many` says that several runs
    are trained at a time. `cannot_start` is the sentence for a process that does not start.
    """

    name: str
    module: str
    mark: str
    cannot_start: str
    needs: str = ""
    many: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ExecutorError where a package is missing. Imports nothing."""
        if self.needs and find_spec(self.needs) is None:
            values: dict[str, object] = {"package": self.needs}
            raise ExecutorError(Message("runs.executor_missing", values))


THIS_MACHINE = Executor(
    runs.LOCAL,
    "resnet_core.nn.training.workers.worker",
    "worker",
    "runs.worker_cannot_start",
    environment={"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"},
)
RAY = Executor(
    "ray",
    "resnet_core.jobs.cluster.relay",
    "relay",
    "runs.relay_cannot_start",
    needs="ray",
    many=True,
    environment={"RAY_USAGE_STATS_ENABLED": "0"},  # nothing is reported to anyone
)
DEVICES = Executor(
    "devices",
    "resnet_core.nn.devices.chief",
    "devices",
    "runs.devices_cannot_start",
    environment={"TF_CPP_MIN_LOG_LEVEL": "3"},
)
EXECUTORS = {one.name: one for one in (THIS_MACHINE, RAY, DEVICES)}


def executor() -> Executor:
    """Return the executor that this process has chosen. Raises RunError for an unknown one."""
    return EXECUTORS[runs.executor()]


def check_fit(experiment: Experiment) -> None:
    """Raise ExecutorError for an experiment that the chosen executor cannot train.

    A cluster keeps the checkpoints of one seed for a run, so it takes runs of one seed only.
    """
    if executor() is RAY and experiment.seeds > 1:
        raise ExecutorError(Message("runs.one_seed_on_cluster", {"seeds": experiment.seeds}))


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Add `--on` to a command."""
    parser.add_argument(
        "--on", choices=EXECUTORS, help="where to train: this machine, a Ray cluster, many devices"
    )


def choose(name: str | None) -> Executor:
    """Have this process and those that it starts use an executor; None keeps the environment's.

    Raises UserError where the executor is unknown or cannot be used.
    """
    if name is not None:
        os.environ[runs.EXECUTOR] = name
    chosen = executor()
    chosen.check()
    return chosen
