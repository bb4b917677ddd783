"""Hold many seats in a few processes of a Ray on this machine, each seat a thread.

A rehearsal measures the relay with it: a process for each of a thousand seats would fill the
machine and measure Ray's starting of processes instead.
"""

import shutil
from pathlib import Path
from typing import Any

from resnet_core.jobs.cluster.connection import RayCluster
from resnet_core.jobs.cluster.parcel import Known, Parcel
from resnet_core.jobs.cluster.seat import Seat

SLEEPER = "resnet_core.jobs.cluster.sleeper"
PROCESSES = 4
ANSWERS_AT_A_TIME = 8  # of one process


class Crowd:
    """Hold many seats in one process, with their scratch folders below `root`."""

    def __init__(self, root: Path, count: int):
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

    def __init__(self, ray: Any, root: Path, seats: int):
        super().__init__(ray, SLEEPER)
        self._root, self._count, self._opened = root, seats, 0
        each = -(-seats // PROCESSES)
        crowd = ray.remote(Crowd).options(num_cpus=0, max_concurrency=ANSWERS_AT_A_TIME)
        self._crowds = [crowd.remote(root / str(i), each) for i in range(PROCESSES)]
        ray.get([one.nothing.remote() for one in self._crowds])

    def seats(self, arms: int) -> int:
        return self._count

    def open(self, arms: int) -> Any:
        number, of = divmod(self._opened, PROCESSES)
        self._opened += 1
        return CrowdLink(self._crowds[of], number)

    def close(self) -> None:
        """End the processes and delete what they wrote."""
        for crowd in self._crowds:
            self._ray.kill(crowd)
        shutil.rmtree(self._root, ignore_errors=True)
