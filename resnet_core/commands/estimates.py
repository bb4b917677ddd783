"""Compare estimates with what runs take: ten short runs, each estimated before it starts.

As in the lab once its page is open, the worker is ready and has measured the machine, and the
images have been read. None of these runs was made before.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from base import folders
from base.messages import UserError
from resnet_core import jobs
from resnet_core.commands.train import follow
from resnet_core.data import cifar
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

LOOK_EVERY_S = 0.2
WITHIN = 0.3


def _twins(depth: int, width: int, steps: int, batch: int, **other: Any) -> Experiment:
    in_train = {key: other.pop(key) for key in ("precision", "evaluate_every") if key in other}
    train = TrainConfig(steps=steps, batch=batch, learning_rate=0.02, augment=False, **in_train)
    return Experiment.twins("estimate", NetConfig(depth, width, **other), train)


def _alone(experiment: Experiment) -> Experiment:
    return replace(experiment, arms={"residual": experiment.arms["residual"]})


# Each takes 5 to 15 seconds on two cores.
CASES: dict[str, Experiment] = {
    "8 w8, batch 64": _twins(8, 8, 120, 64),
    "8 w16, batch 128, bfloat16": _twins(8, 16, 40, 128, precision="bfloat16"),
    "14 w8, pre-activation, squeeze": _twins(14, 8, 50, 64, order="pre", squeeze=True),
    "20 w8, evaluated every 20 steps": _twins(20, 8, 60, 64, evaluate_every=20),
    "20 w16, batch 128": _twins(20, 16, 15, 128),
    "20 w16, batch 128, bfloat16": _twins(20, 16, 15, 128, precision="bfloat16"),
    "29 w8, bottleneck": _twins(29, 8, 20, 64, block="bottleneck"),
    "56 w8, no BatchNorm": _twins(56, 8, 12, 64, batch_norm=False, init="glorot"),
    "110 w8, batch 32": _twins(110, 8, 3, 32),
    # The last, because its net uses both cores, for which another worker starts.
    "20 w16, batch 32, one net": _alone(_twins(20, 16, 60, 32)),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", type=int, nargs="+", help="numbers of cases, from 1")
    parser.add_argument("--data", type=Path, help="a folder or archive of CIFAR-10")


def main(args: argparse.Namespace) -> int:
    source = str(args.data.resolve()) if args.data else ""
    numbers = args.only or range(1, len(CASES) + 1)
    try:
        print(f"{jobs.machine_kind()}; run folders in {folders.home()}\n")
        print("| twins | steps | estimate | took | ratio | within 30 % |")
        print("|---|---:|---:|---:|---:|---|")
        cifar.find("cifar10", args.data)
        for number, (name, experiment) in enumerate(CASES.items(), start=1):
            if number in numbers:
                _compare(name, experiment, source)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        jobs.shutdown()
    return 0


def _compare(name: str, experiment: Experiment, source: str) -> None:
    """Print the row of one case."""
    _ready()
    expected = jobs.estimate(experiment).seconds
    run = jobs.start(experiment, source=source)
    past = follow(run, quiet=True, linger=jobs.LINGER_S)
    if past.end is None or past.end["status"] != "done":
        print(f"| {name} | {experiment.train.steps} | {expected:.1f} s | did not end | – | – |")
        return
    ratio = expected / past.seconds
    held = "yes" if 1 - WITHIN <= ratio <= 1 + WITHIN else "**no**"
    print(
        f"| {name} | {experiment.train.steps} | {expected:.1f} s | {past.seconds:.1f} s "
        f"| {ratio:.2f} | {held} |",
        flush=True,
    )


def _ready() -> None:
    """Wait for a worker that idles and knows the machine, as in the lab once its page is open."""
    while jobs.worker_state() != "ready" or jobs.machine_measured() is None:
        jobs.warm()
        time.sleep(LOOK_EVERY_S)
