"""Make several runs at a time. Each process has a home of its own, since a home has one worker."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from base import folders
from resnet_core.claims import shared_runs

ROOT = Path(__file__).resolve().parents[3]


def run(args: argparse.Namespace) -> None:
    """Start `args.jobs` processes that make the missing runs into one folder, and wait for all."""
    out = (args.out or shared_runs.home()).resolve()
    out.mkdir(parents=True, exist_ok=True)
    words = [*args.names, "--seeds", str(args.seeds), "--dataset", args.dataset, "--out", str(out)]
    for name, value in (("--tier", args.tier), ("--data", args.data and args.data.resolve())):
        words += [name, str(value)] if value else []
    words += ["--untrained"] if args.untrained else []
    children = []
    for number in range(1, args.jobs + 1):
        home = folders.home() / "claim-jobs" / str(number)
        home.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "resnet_core", "claims", *words]
        command += ["--share", f"{number}/{args.jobs}"]
        environment = {**os.environ, "RESIDUAL_HOME": str(home)}
        children.append(subprocess.Popen(command, cwd=ROOT, env=environment))
    for child in children:
        child.wait()
