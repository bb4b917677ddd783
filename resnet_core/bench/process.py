"""Run a contender in a process of its own, which trains only during its rounds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil

from resnet_core.bench.case import Case

MODULE = "resnet_core.nn.bench"  # imported by name only: this side never imports TensorFlow
PATIENCE_S = 60
ROOT = Path(__file__).resolve().parents[2]


class Died(Exception):  # noqa: N818 - reads as what happened
    """Raised if a contender ended before it was told to."""


class Process:
    """Run a contender. The constructor returns after its first step.

    `rounds` holds the seconds of each round, `losses` one loss for each step, and `memory_bytes`
    the largest resident memory after a round.
    """

    def __init__(self, name: str, module: str, options: dict, case: Case):
        self.name = name
        self.rounds: list[float] = []
        self.losses: list[float] = []
        self.memory_bytes = 0
        self._case = case
        self._child = subprocess.Popen(
            [sys.executable, "-m", MODULE, module, case.to_json(), json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"},
        )
        assert self._child.stdin and self._child.stdout  # both are pipes, see above
        self._orders, self._answers = self._child.stdin, self._child.stdout
        self.first_step_s = self._answer()

    def round(self, steps: int) -> float:
        """Train for `steps` steps as one round and return the seconds. Raises Died."""
        self.rounds.append(self.go_on(steps))
        return self.rounds[-1]

    def go_on(self, steps: int) -> float:
        """Train for `steps` steps outside a round and return the seconds. Raises Died."""
        self._orders.write(json.dumps({"steps": steps}) + "\n")
        self._orders.flush()
        return self._answer()

    def close(self) -> None:
        """Close the pipe, which ends the contender, and wait for it."""
        self._orders.close()
        self._answers.close()
        self._child.wait(PATIENCE_S)

    def _answer(self) -> float:
        line = self._answers.readline()
        if not line:
            self.close()
            raise Died(f"{self.name} ended with {self._child.returncode} at {self._case}")
        answer = json.loads(line)
        self.losses += answer["losses"]
        resident = psutil.Process(self._child.pid).memory_info().rss
        self.memory_bytes = max(self.memory_bytes, resident)
        seconds: float = answer["seconds"]
        return seconds
