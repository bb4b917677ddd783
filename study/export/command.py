"""Export the review log as JSON or the bank as an Anki deck: `python -m study export`."""

import argparse
import sys
from pathlib import Path

from study.bank.question import LANGUAGES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--json", type=Path, metavar="FILE", help="the review log, a row a line")
    what.add_argument("--anki", type=Path, metavar="FILE", help="the questions as an .apkg")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the Anki deck")


def main(args: argparse.Namespace) -> int:
    return _log(args.json) if args.json else _deck(args.anki, args.lang)


def _log(path: Path) -> int:
    from study.reviews.storage.store import ProgressError, Store

    try:
        text = Store().export()
        path.write_text(text, "utf-8")
    except (ProgressError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(text.splitlines())} rows in {path}")
    return 0


def _deck(path: Path, language: str) -> int:
    from study.bank import loading
    from study.export import anki

    try:
        cards = anki.write(loading.load(), language, path)
    except OSError as error:
        print(f"{path} cannot be written: {error.strerror or error}", file=sys.stderr)
        return 1
    print(f"{cards} cards in {path}")
    return 0
