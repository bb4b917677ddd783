"""Decide how the interview day changes the time for new items and the order of the last week.

docs/schedule.md says what this gains and what it does not. New items come early: an item never seen
counts nothing on the day, and with simulated learners beginning items early gained far more than
any prioritising. In the last week, after the new ones, the items come first whose chance of recall
on the day rises most if they are answered today.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from study.reviews.memory_state import AGAIN, State, learnt, recall, recall_after

LAST_DAYS = 7
GUESS = 0.4  # chance of answering an item that was never seen
GOOD = 3
LEAST_SHARE = 0.3  # of a day's time; without an interview it is the share itself


def new_share(unseen_seconds: float, day_seconds: float, days_left: int | None) -> float:
    """Return the share of a day's time that new items get before what is due.

    Without an interview it is LEAST_SHARE. Before one it is the share needed to have begun
    everything a week before the day, or all of the time if that is too little or the last week has
    begun.
    """
    if not days_left:
        return LEAST_SHARE
    days = days_left - LAST_DAYS
    needed = unseen_seconds / (days * day_seconds) if days > 0 else 1.0
    return min(1.0, max(LEAST_SHARE, needed))


def by_gain(items: list[str], known: Mapping[str, State], day: date, interview: date) -> list[str]:
    """Return the items by how much an answer today raises recall on the interview day."""
    fresh = State()
    worth = {item: gain(known.get(item, fresh), day, interview) for item in items}
    return sorted(items, key=lambda item: -worth[item])


@lru_cache(maxsize=2**16)
def gain(state: State, day: date, interview: date) -> float:
    """Return how much an answer today is expected to raise recall on the interview day."""
    chance = recall(state, day) if state.reviews else GUESS
    days = (interview - day).days
    after = {rating: recall_after(learnt(state, rating, day)[0], days) for rating in (GOOD, AGAIN)}
    return chance * after[GOOD] + (1 - chance) * after[AGAIN] - recall(state, interview)
