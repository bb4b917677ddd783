"""Manage the seats that the relay has: open them, give them runs, ask for news, end them."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from resnet_core.jobs.cluster.connection import Cluster, Link, SeatLost
from resnet_core.jobs.cluster.errand import Errand
from resnet_core.jobs.cluster.parcel import News, Parcel

MOST_FAILED_STARTS = 3  # in a row
FREE_FOR_S = 120.0  # then a seat is given back to the cluster


class NoSeats(Exception):  # noqa: N818 - reads as what happened
    """Raised when no seat starts, with the reason that the last one gave."""


@dataclass(eq=False)
class Place:
    """Hold what the relay knows of a seat, which is prepared for runs of `arms` arms.

    `name` is the node's, once the seat is ready. `errand` is the run that it trains. `news` and
    `lost` are what it reported last. `question` is what it has not answered yet.
    """

    link: Link
    arms: int
    name: str = ""
    errand: Errand | None = None
    news: News | None = None
    lost: str = ""
    question: str = ""
    answer: Any = None
    asked: float = 0.0
    parked: bool = False
    free_since: float = field(default_factory=time.monotonic)

    @property
    def free(self) -> bool:
        """Return whether the seat can take a run."""
        return bool(self.name) and self.errand is None and not self.question

    def ask(self, question: str, answer: Any) -> None:
        """Remember what was asked and where its answer will be."""
        self.question, self.answer, self.asked = question, answer, time.monotonic()


class Seating:
    """Manage all seats. With `warm` the first one prepares the demonstration in advance."""

    def __init__(self, cluster: Cluster, warm: int = 0):
        self.places: list[Place] = []
        self._cluster = cluster
        self._warm = warm
        self._failed_starts = 0
        if warm:
            self._open(warm, warms=True)

    def ready(self) -> bool:
        """Return whether the seat that is warmed is ready; True if none is warmed."""
        return not self._warm or any(place.name for place in self.places)

    def free(self, arms: int) -> Place | None:
        """Return a free seat that is prepared for that many arms, or None."""
        return next((one for one in self.places if one.free and one.arms == arms), None)

    def has_free(self) -> bool:
        """Return whether any seat is free."""
        return any(place.free for place in self.places)

    def most(self) -> int:
        """Return for how many seats of one arm the cluster has room."""
        return self._cluster.seats(1)

    def open(self, wanted: list[int]) -> None:
        """Open seats for the runs that wait; `wanted` are their numbers of arms.

        A seat that prepares the demonstration is not waited for if there is room beside it. A free
        seat that is prepared for another number makes room. A seat that was free for long is given
        back.
        """
        opening = [one for one in self.places if not one.name and one.question != "warm"]
        coming = Counter(place.arms for place in opening)
        for arms, count in (Counter(wanted) - coming).items():
            for _ in range(count):
                if self._has_room(arms):
                    self._open(arms)
                elif (other := self._idle(wanted)) is not None:
                    self.dismiss(other)
                    self._open(arms)
                else:
                    break
        late = time.monotonic() - FREE_FOR_S
        for place in [one for one in self.places if one.free and one.free_since < late]:
            if len(self.places) > bool(self._warm):
                self.dismiss(place)

    def take(self, place: Place, errand: Errand, parcel: Parcel, images: Any) -> None:
        """Give a run to a seat."""
        place.errand, place.news, place.parked = errand, None, False
        place.ask("take", place.link.take(parcel, images))

    def ask(self, every: float) -> None:
        """Ask each seat at work for news, at most once in that many seconds."""
        due = time.monotonic() - every
        for place in self.places:
            if place.errand is not None and not place.question and place.asked <= due:
                place.ask("news", place.link.news(place.errand.known))

    def heed(self, place: Place, control: bytes | None, park: bool) -> None:
        """Pass on what the learner asks of a run, and whether it has to give up its seat."""
        park = park and not place.parked
        if control or park:
            place.parked |= park
            place.link.heed(control or b"", park)

    def hear(self, within: float) -> list[Place]:
        """Wait for answers and return the seats at work that reported something or were lost.

        Raises NoSeats if several seats in a row ended before they were ready.
        """
        asked = {id(place.answer): place for place in self.places if place.question}
        if not asked:
            time.sleep(within)
            return []
        answers = [place.answer for place in asked.values()]
        return [
            place
            for answer in self._cluster.heard(answers, within)
            if self._hear(place := asked[id(answer)])
        ]

    def dismiss(self, place: Place) -> None:
        """Give a seat back to the cluster. Its run is over, is lost, or never began."""
        if place in self.places:
            self.places.remove(place)
        self._cluster.end(place.link)

    def close(self) -> None:
        """Give all seats back and leave the cluster."""
        for place in list(self.places):
            self.dismiss(place)
        self._cluster.close()

    def _hear(self, place: Place) -> bool:
        """Take in an answer; return whether it concerns a run."""
        question, place.question = place.question, ""
        try:
            answer = self._cluster.answer(place.answer)
        except SeatLost as error:
            self._lose(place, question, error)
            return place.errand is not None
        if question == "place":
            place.name, self._failed_starts = answer, 0
            place.free_since = time.monotonic()
        elif question == "warm":
            place.ask("place", place.link.place())
        elif question == "take":
            place.asked = 0.0  # there may be news at once
        elif question == "news":
            place.news = answer
            place.free_since = time.monotonic()
            return True
        return False

    def _lose(self, place: Place, question: str, error: SeatLost) -> None:
        place.lost = str(error)
        self.dismiss(place)
        if question in ("place", "warm"):
            self._failed_starts += 1
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise NoSeats(place.lost) from error

    def _open(self, arms: int, *, warms: bool = False) -> None:
        """Ask for a seat. One that a run waits for is not warmed, because that takes longer."""
        place = Place(self._cluster.open(arms), arms)
        self.places.append(place)
        place.ask(*(("warm", place.link.warm()) if warms else ("place", place.link.place())))

    def _has_room(self, arms: int) -> bool:
        """Return whether another seat fits beside the present ones, each measured by its arms."""
        share = sum(1 / max(1, self._cluster.seats(one.arms)) for one in self.places)
        return share + 1 / max(1, self._cluster.seats(arms)) <= 1 + 1e-9

    def _idle(self, wanted: list[int]) -> Place | None:
        return next((one for one in self.places if one.free and one.arms not in wanted), None)
