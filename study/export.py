"""`python -m study export --json FILE`: the review log, one JSON object a line."""

import argparse
import sys
from pathlib import Path

from study.store import ProgressError, Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")


def main(args: argparse.Namespace) -> int:
    try:
        text = Store().export()
        args.json.write_text(text, "utf-8")
    except (ProgressError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(text.splitlines())} rows in {args.json}")
    return 0
