"""Make the folder of a question, to be filled in: `python -m study new TOPIC/ID`."""

import argparse
import re
import shutil
import sys
from pathlib import Path

from study.bank import loading as banks
from study.check.rules.schema import KEBAB

TEMPLATE = Path(__file__).parent / "template"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="TOPIC/ID", help="such as shortcuts/gated-shortcuts")


def main(args: argparse.Namespace) -> int:
    try:
        folder = make(args.name)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Made {folder}")
    print("Fill in what says TODO, then:")
    print(f"  python -m study check {args.name} --record   runs the snippet, keeps its output")
    print(f"  python -m study check {args.name}            says what is missing")
    return 0


def make(name: str, root: Path = banks.ROOT) -> Path:
    """Make the folder and overwrite nothing. Raise ValueError for a name that cannot be used."""
    parts = name.strip("/").split("/")
    if len(parts) != 2 or not all(KEBAB.match(part) for part in parts):
        raise ValueError(f"{name}: write TOPIC/ID in kebab-case, such as shortcuts/gated-shortcuts")
    topic, key = parts
    topics = banks.load(root).topics
    if topic not in topics:
        raise ValueError(
            f"{topic} is no topic. Known: {', '.join(topics)}. A new one is a table in "
            "questions/topics.toml"
        )
    taken = next(root.glob(f"*/{key}"), None)
    if taken is not None:
        raise ValueError(f"{key} is taken by {taken}; ids are never used twice")
    folder = root / topic / key
    shutil.copytree(TEMPLATE, folder)
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"QUESTION-ID", key, text), "utf-8")
    return folder
