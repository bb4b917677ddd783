"""Make the weights that ship from the last checkpoint of a run, and evaluate them as they ship."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from base.messages import UserError
from resnet_core import jobs, runs, shipped
from resnet_core.commands.train import follow
from resnet_core.experiment.config import SHIPPED
from resnet_core.shipped import making

IMAGES = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="the run folder whose last checkpoint ships")
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    parser.add_argument("--label", help="what the data is called, if not by its folder's name")
    parser.add_argument("--json", action="store_true", help="print what ships as JSON")


def main(args: argparse.Namespace) -> int:
    try:
        run = runs.load(args.run)
        _write(run, {arm: (0.0, 0) for arm in run.experiment.arms}, args.label)
        _write(run, _evaluated(run, args), args.label)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    nets = run.experiment.arms.values()
    told = {net.name: net for one in nets if (net := shipped.find(one)) is not None}
    if args.json:
        print(json.dumps({name: _summary(net) for name, net in told.items()}, indent=1))
        return 0
    for name, net in told.items():
        print(f"{name}: {100 * net.accuracy:.2f} % of {net.images} images, {net.data}")
    return 0


def _write(run: runs.Run, found: dict[str, tuple[float, int]], label: str | None) -> None:
    """Write the files of every arm with its accuracy and the number of images."""
    for arm, net in run.experiment.arms.items():
        step, weights = making.last_weights(run, arm)
        said = making.facts(run, arm, step, *found[arm])
        making.write(shipped.FILES, net, weights, said | ({"data": label} if label else {}))
    shipped.known.cache_clear()


def _evaluated(run: runs.Run, args: argparse.Namespace) -> dict[str, tuple[float, int]]:
    """Return accuracy and image count of the packed weights, evaluated by a run of their own."""
    train = replace(run.experiment.train, steps=0, evaluate_images=IMAGES)
    experiment = replace(run.experiment, train=train, weights=SHIPPED, measure=())
    source = str(args.data.resolve()) if args.data else run.source
    evaluation = runs.create(experiment, source=source)
    runs.enter_queue(evaluation.folder)
    jobs.forget_failures()
    past = follow(evaluation, quiet=True)
    status = runs.status(evaluation.folder, past)
    if status.name != "done":
        raise making.refused(run, f"They could not be evaluated: {status.reason or status.name}")
    last = {arm: past.of("eval", arm)[-1] for arm in run.experiment.arms}
    return {arm: (event["accuracy"], event["images"]) for arm, event in last.items()}


def _summary(net: shipped.Shipped) -> dict[str, object]:
    return {"steps": net.steps, "data": net.data, "accuracy": net.accuracy, "images": net.images}
