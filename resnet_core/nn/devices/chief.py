"""Take runs from the queue and share each of their steps with other devices.

    python -m resnet_core.nn.devices.chief --linger SECONDS

It stands where the worker of this machine stands, with the same loop and the same run folder, and
its arms are those of a company. Where TF_CONFIG names other machines, it waits for them first.
"""

import argparse
import json
import sys
from contextlib import suppress
from dataclasses import asdict

import numpy as np

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment
from resnet_core.jobs import machines
from resnet_core.nn.devices.company import Company, DevicesError, Order, form
from resnet_core.nn.devices.spread_arm import SpreadArm, check
from resnet_core.nn.training.workers.worker import Worker


class Chief(Worker):
    """Take runs from the queue, one after the other. The constructor waits for the devices."""

    def _set_up(self) -> None:
        self._company = form(machines.devices())
        self._prepared_for = lambda arms: True
        self._warms = False
        self._cache = CompanyArms(self._company)

    def serve(self) -> None:
        """Train waiting runs, then let the other machines go."""
        super().serve()
        if not self._company.broken:
            with suppress(DevicesError), self._company.in_step():  # who is gone needs no word
                self._company.tell(Order.END)

    def _train(self, run: runs.Run) -> None:
        super()._train(run)
        self.leaving |= self._company.broken

    def _note_speed(self, run: runs.Run) -> None:
        """Note nothing: the estimates are of one machine's processor."""


class CompanyArms:
    """Hold the arms of the present run in every process of a company."""

    def __init__(self, company: Company):
        self._company = company
        self._arms: dict[int, SpreadArm] = {}

    def arm_for(self, experiment: Experiment, name: str) -> SpreadArm:
        """Return the arm of a name, built in every process at the same time.

        Raises DevicesError where devices cannot share it.
        """
        net, train = experiment.arms[name], experiment.train
        number = list(experiment.arms).index(name)
        kept = self._arms.get(number)
        if kept is None or (kept.net, kept.train) != (net, train):
            check(net, train, self._company)
            text = json.dumps({"net": asdict(net), "train": asdict(train)}).encode()
            with self._company.in_step():
                self._company.tell(Order.BUILD, number, len(text))
                self._company.share(np.frombuffer(text, np.uint8).astype(np.int32))
                self._arms[number] = SpreadArm(net, train, self._company, number)
        return self._arms[number]


def main() -> int:
    """Serve the queue. The exit status says whether that was possible."""
    parser = argparse.ArgumentParser(description="Train the runs that wait on many devices.")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to stay when idle")
    linger = parser.parse_args().linger
    return jobs.hold(lambda: Chief(linger))


if __name__ == "__main__":
    sys.exit(main())
