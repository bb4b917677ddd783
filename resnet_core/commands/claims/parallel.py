"""Make several runs at a time. Each process has a home of its own, since a home has one worker."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from base import folders
from resnet_core.claims import Trial, shared_runs
from resnet_core.commands.claims.recording import Place
from resnet_core.data import cifar

ROOT = Path(__file__).resolve().parents[3]
LOOK_EVERY_S = 0.5
LOG = "claims.log"


def run(args: argparse.Namespace) -> Callable[[Sequence[Trial], Place], None]:
    """Return what makes runs with `args.jobs` processes, under one progress bar.

    Ctrl-C stops the runs that are under way. Those that are done stay, and the same command goes on
    with the rest.
    """

    def run_all(trials: Sequence[Trial], place: Place) -> None:
        out = (place.root or shared_runs.home()).resolve()
        out.mkdir(parents=True, exist_ok=True)
        waiting = {shared_runs.key(trial, place.source): trial for trial in trials}
        with (
            tqdm(total=len(waiting), unit="run") as bar,
            _processes(_command(args, out), args.jobs if waiting else 0, place.dataset) as children,
        ):
            while True:
                living = any(child.poll() is None for child in children.values())
                for key in _finished(waiting, place.source, out):
                    del waiting[key]
                    bar.update()
                if not living:
                    break
                time.sleep(LOOK_EVERY_S)
        for home, child in children.items():
            if child.returncode:
                told = f"A process ended with status {child.returncode}. {home / LOG} says why."
                print(told, file=sys.stderr, flush=True)

    return run_all


def _command(args: argparse.Namespace, out: Path) -> list[str]:
    words = [*args.names, "--seeds", str(args.seeds), "--dataset", args.dataset, "--out", str(out)]
    for name, value in (("--tier", args.tier), ("--data", args.data and args.data.resolve())):
        words += [name, str(value)] if value else []
    words += ["--untrained"] if args.untrained else []
    return [sys.executable, "-m", "resnet_core", "claims", *words]


@contextmanager
def _processes(
    command: list[str], number: int, dataset: str
) -> Iterator[dict[Path, subprocess.Popen[bytes]]]:
    """Yield the processes by their homes. One Ctrl-C reaches each of them once, and is waited for.

    They are in sessions of their own, since a terminal sends Ctrl-C to all processes of a session.
    """
    children = {}
    environment = {**os.environ, **_data(dataset)}
    try:
        for which in range(1, number + 1):
            home = folders.home() / "claim-jobs" / str(which)
            home.mkdir(parents=True, exist_ok=True)
            with (home / LOG).open("wb") as log:
                children[home] = subprocess.Popen(
                    [*command, "--share", f"{which}/{number}"],
                    cwd=ROOT,
                    env={**environment, "RESIDUAL_HOME": str(home)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=os.name == "posix",
                )
        yield children
    except KeyboardInterrupt:
        for child in children.values():
            if os.name == "posix" and child.poll() is None:
                child.send_signal(signal.SIGINT)
        raise
    finally:
        for child in children.values():
            child.wait()


def _data(dataset: str) -> dict[str, str]:
    """Return where the processes find a downloaded archive, which is in our home and not theirs."""
    if dataset == "synthetic" or "RESIDUAL_DATA" in os.environ:
        return {}
    archive = cifar.archive_path(dataset)
    return {"RESIDUAL_DATA": str(archive)} if archive.is_file() else {}


def _finished(waiting: dict[str, Trial], source: str, out: Path) -> list[str]:
    """Return the keys of the runs that have ended since, looking only at those that have begun."""
    begun = " ".join(path.name for path in out.iterdir())
    return [
        key
        for key, trial in waiting.items()
        if key in begun and shared_runs.finished(trial, source, out) is not None
    ]
