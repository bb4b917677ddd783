"""The seats that the relay has on the cluster: opened, given runs, asked for news, given back."""

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
    """Report that no seat comes to be, with the reason that the last one gave."""


@dataclass(eq=False)
class Place:
    """A seat as the relay sees it. It is prepared for runs of `arms` arms.

    `name` is the node's, once the seat is ready. `errand` is the run that it trains. `news` and
    `lost` are what was heard last. `question` is what the seat has not answered yet.
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
        """Say whether the seat can take a run."""
        return bool(self.name) and self.errand is None and not self.question

    def ask(self, question: str, answer: Any) -> None:
        """Remember what was asked and where its answer will be."""
        self.question, self.answer, self.asked = question, answer, time.monotonic()


class Seating:
    """All seats. With `warm` the first one prepares the demonstration before it is asked for."""

    def __init__(self, cluster: Cluster, warm: int = 0):
        self.places: list[Place] = []
        self._cluster = cluster
        self._warm = warm
        self._failed_starts = 0
        if warm:
            self._open(warm)

    def ready(self) -> bool:
        """Say whether a run would start at once, where that is to be so."""
        return not self._warm or any(place.name for place in self.places)

    def free(self, arms: int) -> Place | None:
        """Return a free seat that is prepared for so many arms."""
        return next((one for one in self.places if one.free and one.arms == arms), None)

    def has_free(self) -> bool:
        """Say whether any seat is free."""
        return any(place.free for place in self.places)

    def most(self) -> int:
        """Return how many seats the cluster has room for, those of one arm counted."""
        return self._cluster.seats(1)

    def open(self, wanted: list[int]) -> None:
        """See that there are seats for runs that wait; `wanted` are their numbers of arms.

        A free seat that is prepared for others makes room. One that is free for long is given up.
        """
        coming = Counter(place.arms for place in self.places if not place.name)
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
        """Ask the seats at work for news, each at most once in so many seconds."""
        due = time.monotonic() - every
        for place in self.places:
            if place.errand is not None and not place.question and place.asked <= due:
                place.ask("news", place.link.news(place.errand.known))

    def heed(self, place: Place, control: bytes | None, park: bool) -> None:
        """Pass on what the learner asks of a run, and whether it is to give up its seat."""
        park = park and not place.parked
        if control or park:
            place.parked |= park
            place.link.heed(control or b"", park)

    def hear(self, within: float) -> list[Place]:
        """Wait for answers and return the seats at work that said something or were lost.

        Raises NoSeats where seats end before they were ready, again and again.
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
        """Give a seat back to the cluster. What it trained is over."""
        if place in self.places:
            self.places.remove(place)
        self._cluster.end(place.link)

    def close(self) -> None:
        """Give all seats back and leave the cluster."""
        for place in list(self.places):
            self.dismiss(place)
        self._cluster.close()

    def _hear(self, place: Place) -> bool:
        """Take in an answer; say whether it is of a run."""
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

    def _open(self, arms: int) -> None:
        place = Place(self._cluster.open(arms), arms)
        self.places.append(place)
        warms = arms == self._warm and len(self.places) == 1
        place.ask(*(("warm", place.link.warm()) if warms else ("place", place.link.place())))

    def _has_room(self, arms: int) -> bool:
        """Say whether another seat fits beside those there are, each measured by its arms."""
        share = sum(1 / max(1, self._cluster.seats(one.arms)) for one in self.places)
        return share + 1 / max(1, self._cluster.seats(arms)) <= 1 + 1e-9

    def _idle(self, wanted: list[int]) -> Place | None:
        return next((one for one in self.places if one.free and one.arms not in wanted), None)
