"""Measure how many seats one relay can serve. The runs only sleep; everything else is real.

    python -m resnet_core.jobs.cluster.rehearsal --seats 10 100 1000

A few processes of a Ray on this machine hold all seats, and each seat is a thread. The relay sends
every seat a run of one step a second and writes what comes back, as it does for runs that train. It
prints how many calls a second Ray makes here, and for each number of seats what passed and what it
cost. The time between a line's writing in the seat and in the folder at home is called its delay.
"""

import argparse
import bisect
import json
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs.cluster import sleeper
from resnet_core.jobs.cluster.connection import ROOT
from resnet_core.jobs.cluster.crowd import Crowd, CrowdedCluster
from resnet_core.jobs.cluster.relay import Relay, raise_file_limit
from resnet_core.jobs.cluster.seating import Place
from resnet_core.jobs.executors import RAY

CALLS = 2000
NET = NetConfig(20, 16)
COLUMNS = [
    *("seats", "all begun after", "events a second", "kB a second"),
    *("delay, median", "95 %", "relay's CPU seconds", "share of a core", "its memory"),
    "a run takes",
]


class WatchedRelay(Relay):
    """Note when each folder had grown to which size."""

    def __init__(self, cluster: CrowdedCluster):
        super().__init__(cluster, linger=0.0)
        self.arrivals: dict[Path, list[tuple[int, float]]] = defaultdict(list)  # (bytes, seconds)

    def _hear(self, place: Place) -> None:
        errand = place.errand
        super()._hear(place)
        if errand is not None:
            size = (errand.run.folder / runs.EVENTS).stat().st_size
            self.arrivals[errand.run.folder].append((size, time.time()))


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Fill a cluster with runs that sleep.")
    parser.add_argument("--seats", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--steps", type=int, default=30, help="of each run, one a second")
    args = parser.parse_args()
    import ray

    raise_file_limit()
    environment = {sleeper.STEP_S: "1.0", "PYTHONPATH": str(ROOT)}
    ray.init(
        address="local",
        include_dashboard=False,
        log_to_driver=False,
        _node_ip_address="127.0.0.1",
        runtime_env={"env_vars": environment},
    )
    os.environ[runs.EXECUTOR] = RAY.name
    tasks, calls = _tasks_a_second(ray), _calls_a_second(ray)
    print(f"Ray here: {tasks:.0f} empty tasks a second, {calls:.0f} calls of an actor a second.\n")
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"|{'---:|' * len(COLUMNS)}", flush=True)
    for seats in args.seats:
        with tempfile.TemporaryDirectory(prefix="residual-rehearsal-") as home:
            os.environ["RESIDUAL_HOME"] = home
            _rehearse(ray, Path(home), seats, args.steps)
    ray.shutdown()
    return 0


def _rehearse(ray: Any, home: Path, seats: int, steps: int) -> None:
    train = TrainConfig(steps=steps, batch=128, checkpoint_every=10, evaluate_images=16)
    experiment = Experiment("sleep", {"net": NET}, train, dataset="synthetic")
    made = [runs.create(experiment) for _ in range(seats)]
    for run in made:
        runs.enter_queue(run.folder)
    relay = WatchedRelay(CrowdedCluster(ray, home / "crowds", seats))
    jobs.tell("busy")
    began, processor, begun = time.monotonic(), time.process_time(), 0.0
    while relay.goes_on():
        relay.look()
        if not begun and not runs.queue_entries():
            begun = time.monotonic() - began
    wall, processor = time.monotonic() - began, time.process_time() - processor
    memory = psutil.Process().memory_info().rss
    relay.serve()  # nothing is left to do, so it only closes what is open
    logs = [(run.folder / runs.EVENTS).read_bytes() for run in made]
    events, size = sum(log.count(b"\n") for log in logs), sum(map(len, logs))
    delays = [
        delay
        for run, log in zip(made, logs, strict=True)
        for delay in _delays(log, relay.arrivals[run.folder])
    ]
    middle, late = (f"{_quantile(delays, share):.2f} s" for share in (0.5, 0.95))
    took = sorted(runs.history(run.folder).seconds for run in made)
    cells = [
        *(f"{seats:,}", f"{begun:.1f} s", f"{events / wall:,.0f}", f"{size / wall / 1e3:.0f}"),
        *(middle, late, f"{processor:.1f}", f"{processor / wall:.0%}", f"{memory / 2**20:.0f} MB"),
        f"{statistics.median(took):.1f} s, at most {took[-1]:.1f} s",
    ]
    whole = all(_is_whole(run, steps) for run in made)
    missing = "" if whole else f" events are missing! {_why(made)}"
    print(f"| {' | '.join(cells)} |{missing}", flush=True)


def _delays(log: bytes, arrivals: list[tuple[int, float]]) -> Iterator[float]:
    """Yield for each step of a log the seconds from the seat's writing to the relay's.

    Seat and relay are on one machine and read one clock. `elapsed_s` has four digits.
    """
    sizes = [size for size, _ in arrivals]
    clock, end = 0.0, 0
    for line in log.splitlines(keepends=True):
        end += len(line)
        event = json.loads(line)
        clock = event.get("clock_ms", clock * 1e3) / 1e3
        arrival = bisect.bisect_left(sizes, end)
        if event["kind"] == "step" and arrival < len(arrivals):
            yield arrivals[arrival][1] - clock - event["elapsed_s"]


def _quantile(values: list[float], share: float) -> float:
    """Return the value below which that share of the values lies; NaN if there are none."""
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))] if ordered else float("nan")


def _is_whole(run: runs.Run, steps: int) -> bool:
    past = runs.history(run.folder)
    return [event["step"] for event in past.of("step")] == list(range(steps))


def _why(made: list[runs.Run]) -> str:
    """Return the statuses of runs that did not end well, and what one of them tells people."""
    bad = {run.folder: one for run in made if (one := runs.status(run.folder)).name != "done"}
    told = next((f / runs.LOG for f in bad if (f / runs.LOG).is_file()), None)
    said = told.read_text("utf-8").splitlines()[-2:] if told else []
    return " ".join([*sorted({f"{one.name} {one.reason or ''}" for one in bad.values()}), *said])


def _tasks_a_second(ray: Any) -> float:
    nothing = ray.remote(num_cpus=0)(_nothing)
    ray.get([nothing.remote() for _ in range(20)])  # starts the processes
    began = time.monotonic()
    ray.get([nothing.remote() for _ in range(CALLS)])
    return CALLS / (time.monotonic() - began)


def _calls_a_second(ray: Any) -> float:
    one = ray.remote(Crowd).options(num_cpus=0).remote(Path(), 0)
    ray.get(one.nothing.remote())
    began = time.monotonic()
    ray.get([one.nothing.remote() for _ in range(CALLS)])
    rate = CALLS / (time.monotonic() - began)
    ray.kill(one)
    return rate


def _nothing() -> None:
    """Do nothing."""


if __name__ == "__main__":
    raise SystemExit(main())
