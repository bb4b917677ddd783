"""Print the gradient truth table: BatchNorm x initialisation x skips at chosen steps and seeds."""

import argparse
import sys
from pathlib import Path
from statistics import median

from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.commands.train import follow
from resnet_core.diagnosis import readings
from resnet_core.experiment.config import DATASETS, Experiment, NetConfig, TrainConfig

HEAD = (
    "| BN | init | skips | step | loss | second conv | last conv | second / last (range) | seeds |"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--depth", type=int, default=56)
    parser.add_argument("--width", type=int, default=8)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--at", type=int, nargs="+", default=[0, 1, 10, 100], help="steps")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--dataset", choices=DATASETS, default="cifar10")
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    jobs.add_executor_argument(parser)


def main(args: argparse.Namespace) -> int:
    try:
        many = jobs.choose(args.on).many
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{HEAD}\n|---|---|---|---:|---:|---:|---:|---:|---:|")
    for norm in (True, False):
        for init in ("he", "glorot"):
            for skip in (False, True):
                net = NetConfig(args.depth, args.width, skip, "A", norm, init)
                begun = (_begin(net, seed, args) for seed in range(args.seeds))
                made = list(begun) if many else begun  # on a cluster the seeds train together
                _rows(net, [follow(run, quiet=True, linger=20.0) for run in made], args.at)
    return 0


def _begin(net: NetConfig, seed: int, args: argparse.Namespace) -> runs.Run:
    """Put a run into the queue. The earlier steps of a net that diverges count."""
    train = TrainConfig(
        steps=max(args.at) + 1,
        batch=args.batch,
        learning_rate=args.rate,
        augment=False,
        evaluate_images=16,
        checkpoint_every=1_000_000,
    )
    experiment = Experiment("probe", {"net": net}, train, args.dataset, seed)
    run = runs.create(experiment, source=str(args.data.resolve()) if args.data else "")
    runs.enter_queue(run.folder)
    return run


def _rows(net: NetConfig, histories: list[runs.History], steps: list[int]) -> None:
    for step in steps:
        flows = [e for past in histories for e in past.of("flow") if e["step"] == step]
        losses = [e["loss"] for past in histories for e in past.of("step") if e["step"] == step]
        about = (
            f"| {'yes' if net.batch_norm else 'no'} | {net.init} "
            f"| {'yes' if net.skip else 'no'} | {step} "
        )
        finite = [f for f in flows if None not in f["weight_gradient"]]
        if not finite:
            print(f"{about}| diverged | – | – | – | 0 of {len(histories)} |", flush=True)
            continue
        second = [flow["weight_gradient"][1] for flow in finite]
        last = [flow["weight_gradient"][-2] for flow in finite]
        ratios = sorted(readings.backward_ratio(flow) for flow in finite)
        loss = median(value for value in losses if value is not None)
        print(
            f"{about}| {loss:.3g} | {median(second):.2g} | {median(last):.2g} "
            f"| {median(ratios):.2g} ({ratios[0]:.2g}–{ratios[-1]:.2g}) "
            f"| {len(finite)} of {len(histories)} |",
            flush=True,
        )
