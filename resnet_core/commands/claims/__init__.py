"""Check claims by experiment: train what they need, each run once, and print a table.

claims [NAME…]           measure, or read again what was measured before
claims [NAME…] --record  … and write the records that ship
claims --on ray --jobs N … with N runs at a time on a cluster
claims --list [--json]   what the records say; nothing is measured
claims --confirm         repeat seed 0 of records that the code has changed under
claims --docs            write docs/claims.md from the records
claims --export NAME     print one script that measures the same number
claims new TOPIC/NAME    write a new claim to fill in
"""

import argparse
import signal
import sys
from pathlib import Path

from base.messages import UserError
from resnet_core import claims, jobs
from resnet_core.claims import CLAIMS, SEEDS, TIERS, Claim
from resnet_core.commands.claims import (
    documentation,
    export,
    new,
    parallel,
    recording,
    spread,
    table,
)
from resnet_core.experiment.config import DATASETS

NEW = "new"
INTERRUPTED = 130  # as shells count an end by Ctrl-C


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (__doc__ or "").split("\n\n", 1)[1]
    parser.add_argument("names", nargs="*", metavar="NAME", help="claims; all of them if none")
    parser.add_argument("--list", action="store_true", help="print the records, measure nothing")
    parser.add_argument("--tier", choices=TIERS, help="only claims of this tier")
    parser.add_argument("--untrained", action="store_true", help="only claims that train no net")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many seeds, from 0")
    parser.add_argument("--jobs", type=int, default=1, help="how many runs at a time")
    jobs.add_executor_argument(parser)
    parser.add_argument("--dataset", choices=DATASETS, default="cifar10")
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    parser.add_argument(
        "--label", default="", help="how to call data that is not the published set"
    )
    parser.add_argument("--out", type=Path, help="where the run folders are kept")
    parser.add_argument("--record", action="store_true", help="write the records that ship")
    parser.add_argument("--confirm", action="store_true", help="repeat seed 0 of stale records")
    parser.add_argument("--docs", action="store_true", help="write docs/claims.md")
    parser.add_argument("--export", metavar="NAME", help="print a script of its own")
    parser.add_argument("--json", action="store_true", help="print objects instead of a table")
    parser.add_argument("--share", help=argparse.SUPPRESS)  # "2/4": of --jobs


def main(args: argparse.Namespace) -> int:
    """Return 0, or 1 if a run failed or a record could not be confirmed, or 2 for a wrong name.

    After Ctrl-C it returns INTERRUPTED.
    """
    if args.names[:1] == [NEW]:
        return new.write(args.names[1:])
    wanted = [*args.names, *([args.export] if args.export else [])]
    unknown = [name for name in wanted if name not in CLAIMS]
    if unknown:
        known = ", ".join(CLAIMS)
        print(f"There is no claim {', '.join(unknown)}. There are: {known}.", file=sys.stderr)
        return 2
    if args.docs:
        print(documentation.write())
        return 0
    chosen = _chosen(args)
    if args.list:
        made = [one for claim in chosen if (one := claims.record(claim.name)) is not None]
        print(table.as_json(made) if args.json else table.as_text(made))
        return 0
    try:
        if args.export:
            print(export.script(CLAIMS[args.export]), end="")
            return 0
        return _measure(chosen, args)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. The same command goes on where it was.", file=sys.stderr)
        return INTERRUPTED


def _measure(chosen: list[Claim], args: argparse.Namespace) -> int:
    many = jobs.choose(args.on).many
    if args.confirm:
        return recording.confirm(chosen, _place(args))
    if args.share:
        # A shell lets what it starts in the background ignore Ctrl-C, and this process inherits it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return recording.run_share(chosen, range(args.seeds), _place(args), args.share)
    if args.jobs > 1 and many:
        recording.run_missing(chosen, range(args.seeds), _place(args), spread.run(args.jobs))
    elif args.jobs > 1:
        recording.run_missing(chosen, range(args.seeds), _place(args), parallel.run(args))
    made = recording.measure(chosen, range(args.seeds), _place(args), record=args.record)
    print(table.as_json(made) if args.json else table.as_text(made))
    return 0 if len(made) == len(chosen) else 1


def _chosen(args: argparse.Namespace) -> list[Claim]:
    named = [CLAIMS[name] for name in args.names] or list(CLAIMS.values())
    return [
        claim
        for claim in named
        if args.tier in (None, claim.tier) and not (args.untrained and claim.trains)
    ]


def _place(args: argparse.Namespace) -> recording.Place:
    source = str(args.data.resolve()) if args.data else ""
    return recording.Place(args.dataset, source, args.out, args.label)
