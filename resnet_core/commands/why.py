"""Measure why skips help in both twins: shattered gradients, rounding, lesions and path lengths.

Shattering and rounding are measured at initialisation. Lesions and paths are measured on the
trained weights that ship, if there are any for the net. The worker computes everything, as a run of
no steps.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from base.messages import UserError
from resnet_core import jobs, runs, shipped
from resnet_core.commands.train import follow
from resnet_core.data import cifar
from resnet_core.diagnosis import why
from resnet_core.experiment.config import SHIPPED, ExperimentError, NetConfig
from resnet_core.experiment.diagnostics import AT_INITIALISATION, DIAGNOSTICS, FOUR
from resnet_core.experiment.measuring import measured

LINGER_S = 20.0  # the worker waits this long for the second run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--depth", type=int, default=20, help="layers, 6n + 2")
    parser.add_argument("--width", type=int, default=16, help="channels of the first stage")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=DIAGNOSTICS,
        default=FOUR,
        metavar="NAME",
        help=f"of {', '.join(DIAGNOSTICS)}",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", metavar="RUN", help='"initial", "shipped" or the id of a run')
    parser.add_argument("--data", type=Path, help="a folder or archive of CIFAR-10")
    parser.add_argument("--json", action="store_true", help="print everything measured as JSON")


def main(args: argparse.Namespace) -> int:
    told: dict[str, Any] = {}
    try:
        if args.data:
            cifar.check_there(args.data)
        by_weights = _by_weights(args)
        with tqdm(total=2 * len(args.only), unit="reading", file=sys.stderr) as bar:
            for weights, names in by_weights.items():
                past = _run(args, names, weights, bar)
                told |= {name: _told(past, name, weights) for name in names}
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    told = {name: told[name] for name in args.only}
    if args.json:
        print(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        print("\n\n".join(_page(name, one) for name, one in told.items()))
    return 0


def _nets(args: argparse.Namespace) -> dict[str, NetConfig]:
    residual = NetConfig(args.depth, args.width)
    return {"residual": residual, "plain": replace(residual, skip=False)}


def _by_weights(args: argparse.Namespace) -> dict[str, list[str]]:
    """Return the diagnostics by the weights on which they are measured."""
    if args.weights is not None:
        return {"" if args.weights == "initial" else args.weights: list(dict.fromkeys(args.only))}
    ship = all(shipped.find(net) is not None for net in _nets(args).values())
    chosen: dict[str, list[str]] = {}
    for name in dict.fromkeys(args.only):
        trained = ship and name not in AT_INITIALISATION
        chosen.setdefault(SHIPPED if trained else "", []).append(name)
    return chosen


def _run(
    args: argparse.Namespace, names: list[str], weights: str, bar: "tqdm[Any]"
) -> runs.History:
    experiment = measured(_nets(args), names, weights=weights, seed=args.seed)
    run = runs.create(experiment, source=str(args.data.resolve()) if args.data else "")
    runs.enter_queue(run.folder)
    jobs.forget_failures()
    before = bar.n

    def seen(past: runs.History) -> None:
        bar.update(before + len(past.of("diagnostic")) - bar.n)

    past = follow(run, quiet=True, linger=LINGER_S, seen=seen)
    status = runs.status(run.folder, past)
    if status.name != "done" and status.reason:
        raise ExperimentError(status.reason)
    return past


def _told(past: runs.History, name: str, weights: str) -> dict[str, Any]:
    found = why.measured(past, name)
    sentence = why.finding(name, found)
    started = past.started or {}
    return {
        "finding": str(sentence) if sentence else "",
        "figures": {arm: _by_layer(dict(figures)) for arm, figures in found.items()},
        "seconds": round(why.seconds(past, name), 2),
        "weights": weights or "initial",
        "step": started.get("weights", {}).get("step", 0),
        "data": started.get("data", {}).get("label", ""),
        "caveat": str(why.caveat(name)),
        "paper": str(why.paper(name)),
    }


def _by_layer(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures with every list over layers or blocks as an object by their names."""
    places = figures.get("layers") or figures.get("blocks") or []
    return {
        key: dict(zip(places, value, strict=True))
        if isinstance(value, list) and key not in ("layers", "blocks") and _numbers(value, places)
        else value
        for key, value in figures.items()
    }


def _numbers(values: list[Any], places: list[str]) -> bool:
    return len(values) == len(places) and all(isinstance(v, int | float) for v in values)


def _page(name: str, told: dict[str, Any]) -> str:
    lines = [f"{name} ({told['weights']} weights, {told['seconds']:.1f} s, {told['data']})"]
    lines += [told["finding"]] if told["finding"] else []
    lines += [f"Caveat: {told['caveat']}", f"Source: {told['paper']}"]
    return "\n  ".join(lines)
