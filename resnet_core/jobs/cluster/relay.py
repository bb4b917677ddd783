"""Send the runs of the queue from home to a cluster, and write what comes back.

    RESIDUAL_EXECUTOR=ray python -m resnet_core.jobs.cluster.relay --linger SECONDS

The relay takes the place of this machine's worker. It holds `relay.lock` as long as it lives, it
alone writes to the folders of its runs, and it ends after `--linger` seconds without work. It
outlives the app. TensorFlow is imported only on the nodes.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.data import cifar
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from resnet_core.jobs.cluster.connection import Cluster, connect
from resnet_core.jobs.cluster.errand import Errand
from resnet_core.jobs.cluster.seating import NoSeats, Place, Seating
from resnet_core.jobs.executors import RAY

LOOK_EVERY_S = 0.05
NEWS_EVERY_S = 0.1
NEWS_A_SECOND = 400  # questions to all seats together; a relay that asks more falls behind
BEGIN_WITHIN_S = 0.25  # then the seats are heard before further runs begin


def main() -> int:
    """Serve the queue. The exit status says whether the relay could start."""
    parser = argparse.ArgumentParser(description="Send the runs of the queue to a cluster.")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to stay when idle")
    linger = parser.parse_args().linger
    os.environ[runs.EXECUTOR] = RAY.name
    raise_file_limit()
    return jobs.hold(lambda: Relay(connect(), linger))


class Relay:
    """Take runs from the queue, as many at a time as there are seats."""

    def __init__(self, cluster: Cluster, linger: float):
        self.leaving = False
        self._linger = linger
        warm = len(PRESETS[DEMONSTRATION].arms) if linger > 0 and not runs.queue_entries() else 0
        self._seating = Seating(cluster, warm)
        self._images = Images(cluster)
        self._homeless: list[Errand] = []  # runs whose seat was lost
        self._state = "starting"
        self._idle_since = time.monotonic()
        signal.signal(signal.SIGTERM, self._leave)

    def serve(self) -> None:
        """Train runs until there is no work for a while, or somebody asks the relay to end."""
        try:
            while self.goes_on():
                self.look()
        except NoSeats as error:  # whoever follows a run tells those that wait
            for _ in range(jobs.TRIES):
                jobs.note_failure(str(error))
        finally:
            for errand in [*self._homeless, *self._under_way()]:
                errand.close()
            self._seating.close()

    def goes_on(self) -> bool:
        """Return whether there is something to wait for."""
        if self._under_way() or self._homeless:
            self._idle_since = time.monotonic()
            return True
        if self.leaving:
            return False
        idle = time.monotonic() - self._idle_since
        return bool(runs.queue_entries()) or idle < self._linger

    def look(self) -> None:
        """Write what the seats report, pass on what is asked of them, and fill the free seats."""
        for place in self._seating.hear(LOOK_EVERY_S):
            self._hear(place)
        for errand in [one for one in self._homeless if one.is_stopped()]:
            self._homeless.remove(errand)
            errand.close()
        waiting = runs.queue_entries()
        if self.leaving:
            self._set_aside()
        else:
            self._fill(waiting)
        self._pass_on(company=bool(waiting or self._homeless))
        self._seating.ask(max(NEWS_EVERY_S, len(self._under_way()) / NEWS_A_SECOND))
        self._tell("busy" if self._under_way() or self._homeless else "ready")

    def _under_way(self) -> list[Errand]:
        return [place.errand for place in self._seating.places if place.errand is not None]

    def _hear(self, place: Place) -> None:
        """Take in what a seat reported, or that it is gone."""
        errand = place.errand
        if errand is None:
            return
        try:
            if place.lost:
                place.errand = None
                errand.lose_seat(place.lost)
                if not errand.over:
                    self._homeless.append(errand)
            elif place.news is not None:
                errand.take_in(place.news)
        except OSError as error:
            print(f"{errand.run.folder}: the run could not be written: {error}.", file=sys.stderr)
            errand.fail_to_write(error)
            self._seating.dismiss(place)
        if errand.over:
            errand.close()
            place.errand = None

    def _fill(self, waiting: list[Path]) -> None:
        """Give the free seats to runs that have lost theirs, then to those that waited longest.

        To begin a thousand runs takes seconds, in which nothing would be heard of those that train.
        So it stops after BEGIN_WITHIN_S, and the next look begins the others.
        """
        late = time.monotonic() + BEGIN_WITHIN_S
        wanted = [errand.arms for errand in self._homeless]
        for errand in list(self._homeless):
            place = self._seating.free(errand.arms)
            if place is not None:
                self._homeless.remove(errand)
                self._send(errand, place)
        for entry in waiting:
            if not self._seating.has_free() and len(wanted) >= self._seating.most():
                break
            run = runs.queued_run(entry)
            if run is None:
                entry.unlink(missing_ok=True)
                continue
            place = self._seating.free(len(run.experiment.arms))
            if place is None:
                wanted.append(len(run.experiment.arms))
            else:
                self._begin(run, place)
                if time.monotonic() >= late:
                    return
        self._seating.open(wanted)

    def _begin(self, run: runs.Run, place: Place) -> None:
        """Take a run out of the queue and send it to a seat. It leaves the queue even if that
        fails.
        """
        try:
            errand = Errand(run)
        except OSError as error:
            print(f"{run.folder}: the run could not be written: {error}.", file=sys.stderr)
            runs.leave_queue(run.folder)
            return
        runs.note_turn(run)
        runs.leave_queue(run.folder)
        if errand.done:
            errand.close()
        else:
            self._send(errand, place)

    def _send(self, errand: Errand, place: Place) -> None:
        try:
            images = self._images.of(errand.run)
            self._seating.take(place, errand, errand.parcel(), images)
            errand.note_place(place.name)
        except UserError as error:
            errand.fail(error.message)
            errand.close()
        except OSError as error:
            errand.fail_to_write(error)
            errand.close()

    def _pass_on(self, company: bool) -> None:
        for place in self._seating.places:
            if place.errand is not None and place.question != "take":
                asked = place.errand.asks()
                park = self.leaving or (company and place.errand.rests_too_long())
                self._seating.heed(place, asked, park)

    def _set_aside(self) -> None:
        for errand in self._homeless:
            errand.park()
            errand.close()
        self._homeless.clear()

    def _leave(self, *_: object) -> None:
        self.leaving = True

    def _tell(self, state: jobs.State) -> None:
        """Write the relay's state if it changed. It is ready once its warmed seat is, if it has
        one.
        """
        if state == "ready" and not self._seating.ready():
            return
        if self._state != state:
            jobs.tell(state)
            self._state = state


class Images:
    """Put each data set into the cluster once. The cluster brings it to each node once."""

    KEPT = 2

    def __init__(self, cluster: Cluster):
        self._cluster = cluster
        self._kept: dict[tuple[str, str], Any] = {}

    def of(self, run: runs.Run) -> Any:
        """Return the reference to a run's images. Raises UserError if there are none."""
        name = run.experiment.dataset
        if name == "synthetic":
            return None
        key = (name, run.source)
        if key not in self._kept:
            data = cifar.in_memory(cifar.find(name, Path(run.source) if run.source else None))
            while len(self._kept) >= self.KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._cluster.keep(data)
        return self._kept[key]


def raise_file_limit() -> None:
    """Raise the limit of open files as far as allowed: each run under way needs two."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main())
