"""Train with the loop of the lab itself, which writes its run folder and follows requests."""

import tempfile
from pathlib import Path

from resnet_core import runs
from resnet_core.bench.case import Case
from resnet_core.nn import runtime
from resnet_core.nn.bench.gate import Gate
from resnet_core.nn.training.arms import Arm
from resnet_core.nn.training.loop import Training
from resnet_core.nn.training.output.record import Record


def train(case: Case, gate: Gate, *, arms: int = 1, record: bool = False) -> None:
    """Train until the gate raises Ended. The gate receives the mean loss of the arms."""
    runtime.prepare(arms)
    with tempfile.TemporaryDirectory(prefix="residual-bench-") as root:
        experiment = case.experiment(arms=arms, record=record)
        run = runs.create(experiment, source=case.source, root=Path(root))
        log = runs.Log(run.folder)
        training = Training(
            Record(run, log), lambda made, name: Arm(made.arms[name], made.train, made.seed)
        )
        try:
            while training.advance():
                gate.passed(sum(step.loss for step in training.seen.values()) / arms)
        finally:
            training.close()
            log.close()
