"""Check claims by experiment: train their nets with the seeds they name, print a table."""

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from resnet_core import claims, runs
from resnet_core.claims import CLAIMS, SEEDS, Claim, Record
from resnet_core.commands.train import follow
from resnet_core.experiment.config import DATASETS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", choices=[[], *CLAIMS], metavar="NAME")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many seeds, from 0")
    parser.add_argument("--dataset", choices=DATASETS, default="cifar10")
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    parser.add_argument("--out", type=Path, help="where the run folders go")
    parser.add_argument("--record", action="store_true", help="write the records that ship")
    parser.add_argument("--json", action="store_true")


def main(args: argparse.Namespace) -> int:
    made = []
    for name in args.names or CLAIMS:
        found = check(CLAIMS[name], args)
        if found is None:
            return 1
        made.append(found)
        if not args.json:
            print(_line(found), flush=True)
        if args.record:
            claims.write_record(found)
    if args.json:
        print(json.dumps([_summary(record) for record in made], indent=1))
    return 0


def check(claim: Claim, args: argparse.Namespace) -> Record | None:
    """Return the result, or None if a run did not finish; stderr gets its reason."""
    source = str(args.data.resolve()) if args.data else ""
    values, seconds, started = [], [], {}
    for seed in range(args.seeds):
        run = runs.create(claim.experiment(seed, args.dataset), source=source, root=args.out)
        runs.enter_queue(run.folder)
        past = follow(run, quiet=True, linger=20.0)
        status = runs.status(run.folder, past)
        if status.name != "done":
            print(f"{claim.name}, seed {seed}: {status.name}. {status.reason}", file=sys.stderr)
            return None
        values.append(float(f"{claim.measure(past):.4g}"))
        seconds.append(max(event["elapsed_s"] for event in past.events))
        started = past.started or {}
    return Record(
        claim.name,
        started["data"]["label"],
        tuple(range(args.seeds)),
        tuple(values),
        claim.threshold,
        claim.sense,
        round(median(seconds), 1),
        started["versions"],
    )


def _line(made: Record) -> str:
    mark = "✔" if made.held == len(made.seeds) else "✘"
    return (
        f"{mark} {made.claim}: holds for {made.held} of {len(made.seeds)} seeds; median "
        f"{made.median:.4g}, {made.sense} {made.threshold:g} asked; values "
        f"{', '.join(f'{value:.4g}' for value in made.values)}; {made.data}; "
        f"{made.seconds:.0f} s a seed"
    )


def _summary(made: Record) -> dict[str, object]:
    return {
        "claim": made.claim,
        "held": made.held,
        "seeds": len(made.seeds),
        "median": made.median,
        "values": made.values,
        "threshold": made.threshold,
        "data": made.data,
        "seconds": made.seconds,
    }
