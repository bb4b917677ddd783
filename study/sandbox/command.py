"""Add the commands `python -m study run FILE` and `python -m study sandbox`."""

import argparse
import json
import sys
from pathlib import Path

from study import sandbox
from study.sandbox.isolation.tiers import NAMES


def add_run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print one object with everything")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="S")
    parser.add_argument("--tier", choices=NAMES)


def run(args: argparse.Namespace) -> int:
    """Run a file and print its output. Return 0 if it ended well, 1 if not, 2 if it could not be
    run.
    """
    try:
        code = args.file.read_text("utf-8")
        result = sandbox.run(code, sandbox.Limits(seconds=args.timeout), tier_name=args.tier)
    except (OSError, UnicodeDecodeError, sandbox.TierError) as error:
        print(error, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(result.to_json(), ensure_ascii=True))
        return 0
    sys.stdout.write(result.stdout)
    sys.stderr.write(result.stderr)
    if result.reason:
        print(result.reason, file=sys.stderr)
    return 0 if result.status == "ok" else 1


def show(_: argparse.Namespace) -> int:
    """Print the tier of this machine and what it isolates. Return 0."""
    print(f"{sandbox.tier().name}: {sandbox.tier().line}")
    return 0
