"""A cluster in this process: its seats are threads, and a test ends them as a node would end."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from resnet_core.jobs.cluster.connection import SeatLost
from resnet_core.jobs.cluster.seat import Seat

SLEEPER = "resnet_core.jobs.cluster.sleeper"


class Link:
    """A seat whose methods answer later; `gone` says why it does not answer any more."""

    def __init__(self, root: Path, trainer: str, arms: int):
        self.gone = ""
        self._pool = ThreadPoolExecutor(1)
        self._made = self._pool.submit(Seat, root, trainer, arms, 1)

    def _later(self, name: str, *given) -> Future:
        answer = self._pool.submit(lambda: getattr(self._made.result(), name)(*given))
        answer.link = self
        return answer

    def place(self):
        return self._later("place")

    def warm(self):
        return self._later("warm")

    def take(self, parcel, images):
        return self._later("take", parcel, images)

    def news(self, known):
        return self._later("news", known)

    def heed(self, control, park):
        return self._later("heed", control, park)

    def leave(self):
        """End the seat's thread: what it still writes, nobody hears of."""
        if self._made.done() and self._made.exception() is None:
            self._made.result()._park.set()


class InProcess:
    """`room` seats. `kept` is what was put into the cluster, `links` every seat there ever was."""

    def __init__(self, root: Path, room: int = 2, trainer: str = SLEEPER):
        self.root, self.room, self.trainer = root, room, trainer
        self.kept: list = []
        self.links: list[Link] = []
        self.closed = False

    def seats(self, arms: int) -> int:
        return self.room

    def open(self, arms: int) -> Link:
        link = Link(self.root / f"seat-{len(self.links)}", self.trainer, arms)
        self.links.append(link)
        return link

    def keep(self, data):
        self.kept.append(data)
        return data

    def heard(self, answers, within):
        deadline = time.monotonic() + within
        while time.monotonic() < deadline and not any(self._come(one) for one in answers):
            time.sleep(0.002)
        return [one for one in answers if self._come(one)]

    def answer(self, answer):
        if answer.link.gone:
            raise SeatLost(answer.link.gone)
        try:
            return answer.result()
        except Exception as error:
            raise SeatLost(str(error)) from error

    def end(self, link) -> None:
        link.leave()

    def close(self) -> None:
        self.closed = True

    def lose(self, link: Link) -> None:
        """Have a seat vanish: whatever is asked of it from now on, or was, comes to nothing."""
        link.gone = "its node died"

    @staticmethod
    def _come(answer) -> bool:
        return answer.done() or bool(answer.link.gone)
