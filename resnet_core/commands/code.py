"""Print the code of a run or an experiment: a Keras script or a notebook that stands alone."""

import argparse
import sys
from pathlib import Path

from base import folders
from base.messages import UserError
from resnet_core import runs, standalone
from resnet_core.commands.train import read_experiment
from resnet_core.experiment.presets import PRESETS

LANGUAGES = ("en", "zh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", metavar="RUN", help="a run: its folder or its id")
    parser.add_argument("--preset", choices=PRESETS, help="an experiment of the lab instead")
    parser.add_argument("--experiment", type=Path, help="a JSON file instead")
    parser.add_argument("--notebook", action="store_true", help="a notebook of Jupyter")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the notebook's text")
    parser.add_argument("--out", type=Path, help="a file; otherwise it is printed")


def main(args: argparse.Namespace) -> int:
    named = [args.run, args.preset, args.experiment]
    if sum(one is not None for one in named) != 1:
        print("Name one thing: a run, --preset or --experiment.", file=sys.stderr)
        return 2
    try:
        subject = _subject(args)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    text = standalone.notebook(subject, args.lang) if args.notebook else standalone.script(subject)
    if args.out:
        try:
            args.out.write_text(text, "utf-8")
        except OSError as error:
            print(f"{args.out} cannot be written: {error}.", file=sys.stderr)
            return 2
    else:
        print(text, end="")
    return 0


def _subject(args: argparse.Namespace) -> standalone.Subject:
    if args.preset:
        return standalone.of_experiment(PRESETS[args.preset])
    if args.experiment:
        return standalone.of_experiment(read_experiment(args.experiment))
    folder = Path(args.run)
    if not folder.is_dir():
        folder = folders.runs() / folder.name
    return standalone.of_run(runs.load(folder))
