"""Print the branch coverage of each folder, and the files below 85 %, from coverage's JSON.

Beside such a file stands the reason that coverage_reasons.toml gives for it.
"""

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path, PurePath

ENOUGH = 85.0  # per cent
REASONS = Path(__file__).with_name("coverage_reasons.toml")


def main(path: str) -> None:
    """Print two tables from the JSON report at the path."""
    with open(path, encoding="utf-8") as file:
        files = json.load(file)["files"]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    low = []
    for name, report in sorted(files.items()):
        done, whole = covered(report["summary"])
        folder = counts[PurePath(name).parent.as_posix()]
        folder[0] += done
        folder[1] += whole
        if whole and 100 * done / whole < ENOUGH:
            low.append((name, done, whole))
    print("Lines and branches covered by the tests, but for what runs in other processes:")
    for folder, (done, whole) in sorted(counts.items()):
        print(f"{percent(done, whole):>7}  {folder}")
    given = tomllib.loads(REASONS.read_text("utf-8"))
    print(f"Files below {ENOUGH:.0f} %:")
    for name, done, whole in low:
        print(f"{percent(done, whole):>7}  {name}  {reason(name, given)}")


def reason(name: str, given: dict[str, str]) -> str:
    """Return the reason of the longest path that is the file's or leads to it."""
    fitting = [
        path for path in given if name == path or (path[-1] == "/" and name.startswith(path))
    ]
    return given[max(fitting, key=len)] if fitting else "NO REASON GIVEN: write tests."


def covered(summary: dict) -> tuple[int, int]:
    """Return how many lines and branches were met, and how many there are."""
    done = summary["covered_lines"] + summary["covered_branches"]
    return done, summary["num_statements"] + summary["num_branches"]


def percent(done: int, whole: int) -> str:
    """Word a share of lines and branches as a percentage."""
    return f"{100 * done / whole:.0f} %" if whole else "-"


if __name__ == "__main__":
    main(*sys.argv[1:])
