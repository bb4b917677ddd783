"""Measure the demonstration: seconds from Start to the first chart and until the twins differ."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.commands.train import follow
from resnet_core.diagnosis import readings
from resnet_core.experiment.config import DATASETS, Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS

LOOK_EVERY_S = 0.1
OTHERS = (NetConfig(20, 16), NetConfig(56, 16), NetConfig(110, 8))
READ_S = 6  # how long someone looks at the form between choosing a net and Start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rate", type=float, nargs="+", help="learning rates, else the preset's")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--dataset", choices=DATASETS, nargs="+", default=["cifar10", "synthetic"])
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    jobs.add_executor_argument(parser)


def main(args: argparse.Namespace) -> int:
    source = str(args.data.resolve()) if args.data else ""
    preset = PRESETS[DEMONSTRATION]
    try:
        jobs.choose(args.on)
        print("| data | rate | seed | first chart | apart at step | apart | gap at the end |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for dataset in args.dataset:
            for rate in args.rate or [preset.train.learning_rate]:
                train = replace(preset.train, learning_rate=rate)
                design = replace(preset, train=train, dataset=dataset)
                _seeds(design, args.seeds, source if dataset != "synthetic" else "")
        print(f"\n| net, twins | batch | first chart, chosen {READ_S} s before Start | at once |")
        print("|---|---:|---:|---:|")
        for net in OTHERS:
            _first_charts(net, args.dataset[0], args.seeds, source)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        jobs.shutdown()
    return 0


def _seeds(design: Experiment, seeds: int, source: str) -> None:
    found = []
    for seed in range(seeds):
        past = _run(replace(design, seed=seed), source)
        apart = readings.apart(past)
        found.append((_first_chart(past), apart))
        data = (past.started or {}).get("data", {}).get("label", "–")
        told = f"{apart.step} | {apart.seconds:.1f} s | {apart.gap:.2f}" if apart else "– | – | –"
        print(
            f"| {data} | {design.train.learning_rate:g} | {seed} | {found[-1][0]:.1f} s | {told} |",
            flush=True,
        )
    came = [apart for _, apart in found if apart]
    if came:
        print(
            f"| **median, {len(came)} of {seeds} apart** | | | {median(s for s, _ in found):.1f} s "
            f"| {median(one.step for one in came):.0f} | {median(o.seconds for o in came):.1f} s "
            f"| {median(one.gap for one in came):.2f} |",
            flush=True,
        )


def _first_charts(net: NetConfig, dataset: str, seeds: int, source: str) -> None:
    train = TrainConfig(steps=1, batch=64, augment=False, evaluate_images=16)
    design = Experiment.twins("first-chart", net, train, dataset=dataset)
    read, at_once = [], []
    for _ in range(seeds):
        read.append(_first_chart_of_new_worker(design, source, READ_S))
        at_once.append(_first_chart_of_new_worker(design, source, 0))
    print(
        f"| depth {net.depth}, width {net.width} | {train.batch} "
        f"| {median(read):.1f} s | {median(at_once):.1f} s |",
        flush=True,
    )


def _first_chart_of_new_worker(design: Experiment, source: str, read: float) -> float:
    """Return the first chart's seconds where the form showed `design` for `read` seconds.

    The worker builds what the form shows. A worker that had trained the net would not build it.
    """
    jobs.shutdown()
    _gone()
    if read:
        _wait_for_worker()
        jobs.choose_next(design)
        time.sleep(read)
    return _first_chart(_run(design, source))


def _run(experiment: Experiment, source: str) -> runs.History:
    """Run with a worker that is ready, as in the lab once its page is open."""
    _wait_for_worker()
    return follow(jobs.start(experiment, source=source), quiet=True, linger=jobs.LINGER_S)


def _wait_for_worker() -> None:
    jobs.warm()
    while jobs.worker_state() != "ready":
        time.sleep(LOOK_EVERY_S)


def _gone() -> None:
    while jobs.worker_state() != "none" or jobs.reap():
        time.sleep(LOOK_EVERY_S)


def _first_chart(past: runs.History) -> float:
    """Return the seconds until the gradient flow of the first step was written for every arm."""
    return max(float(e["elapsed_s"]) for e in past.of("flow") if e["step"] == 0)
