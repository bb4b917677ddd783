"""Measure how many seats one relay can serve. The runs only sleep; everything else is real.

    python -m resnet_core.jobs.cluster.rehearsal --seats 10 100 1000

A few processes of a Ray on this machine hold all seats, and each seat is a thread. The relay sends
every seat a run of one step a second and writes what comes back, as it does for runs that train. It
prints how many calls a second Ray makes here, and for each number of seats what passed and what it
cost.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs.cluster import sleeper
from resnet_core.jobs.cluster.connection import ROOT, RayCluster
from resnet_core.jobs.cluster.parcel import Known, Parcel
from resnet_core.jobs.cluster.relay import Relay, raise_file_limit
from resnet_core.jobs.cluster.seat import Seat
from resnet_core.jobs.executors import RAY

SLEEPER = "resnet_core.jobs.cluster.sleeper"
PROCESSES = 4
CALLS = 2000
NET = NetConfig(20, 16)


class Crowd:
    """Hold many seats in one process."""

    def __init__(self, count: int):
        root = Path(tempfile.mkdtemp(prefix="residual-crowd-"))
        self._seats = [Seat(root / str(i), SLEEPER, 1, 1) for i in range(count)]

    def call(self, number: int, name: str, *given: object) -> Any:
        """Ask one of the seats."""
        return getattr(self._seats[number], name)(*given)

    def nothing(self) -> None:
        """Answer without doing anything."""


class CrowdLink:
    """Reach one seat of a crowd from afar."""

    def __init__(self, crowd: Any, number: int):
        self._crowd, self._number = crowd, number

    def place(self) -> Any:
        return self._crowd.call.remote(self._number, "place")

    def warm(self) -> Any:
        return self._crowd.call.remote(self._number, "warm")

    def take(self, parcel: Parcel, images: Any) -> Any:
        return self._crowd.call.remote(self._number, "take", parcel, images)

    def news(self, known: Known) -> Any:
        return self._crowd.call.remote(self._number, "news", known)

    def heed(self, control: bytes, park: bool) -> Any:
        return self._crowd.call.remote(self._number, "heed", control, park)


class CrowdedCluster(RayCluster):
    """Hold a cluster whose seats are spread over a few processes."""

    def __init__(self, ray: Any, seats: int):
        super().__init__(ray, SLEEPER)
        self._count, self._opened = seats, 0
        each = -(-seats // PROCESSES)
        crowd = ray.remote(Crowd).options(num_cpus=0, max_concurrency=8)
        self._crowds = [crowd.remote(each) for _ in range(PROCESSES)]
        ray.get([one.nothing.remote() for one in self._crowds])

    def seats(self, arms: int) -> int:
        return self._count

    def open(self, arms: int) -> Any:
        number, of = divmod(self._opened, PROCESSES)
        self._opened += 1
        return CrowdLink(self._crowds[of], number)

    def close(self) -> None:
        for crowd in self._crowds:
            self._ray.kill(crowd)


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
    head = "seats | all begun after | events a second | kB a second | relay's share of a core"
    print(f"| {head} | a run of {args.steps} s takes |")
    print("|---:|---:|---:|---:|---:|---:|")
    for seats in args.seats:
        with tempfile.TemporaryDirectory(prefix="residual-rehearsal-") as home:
            os.environ["RESIDUAL_HOME"] = home
            _rehearse(ray, seats, args.steps)
    ray.shutdown()
    return 0


def _rehearse(ray: Any, seats: int, steps: int) -> None:
    train = TrainConfig(steps=steps, batch=128, checkpoint_every=10, evaluate_images=16)
    experiment = Experiment("sleep", {"net": NET}, train, dataset="synthetic")
    made = [runs.create(experiment) for _ in range(seats)]
    for run in made:
        runs.enter_queue(run.folder)
    relay = Relay(CrowdedCluster(ray, seats), linger=0.0)
    jobs.tell("busy")
    began, processor, begun = time.monotonic(), time.process_time(), 0.0
    while relay.goes_on():
        relay.look()
        if not begun and not runs.queue_entries():
            begun = time.monotonic() - began
    wall, processor = time.monotonic() - began, time.process_time() - processor
    relay.serve()  # nothing is left to do, so it only closes what is open
    logs = [(run.folder / runs.EVENTS).read_bytes() for run in made]
    events, size = sum(log.count(b"\n") for log in logs), sum(map(len, logs))
    whole = all(_is_whole(run, steps) for run in made)
    took = sorted(runs.history(run.folder).seconds for run in made)
    print(
        f"| {seats} | {begun:.1f} s | {events / wall:.0f} | {size / wall / 1e3:.0f} "
        f"| {processor / wall:.0%} | {took[len(took) // 2]:.1f} s, at most {took[-1]:.1f} s |"
        + ("" if whole else f" events are missing! {_why(made)}"),
        flush=True,
    )


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
    one = ray.remote(Crowd).options(num_cpus=0).remote(0)
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
