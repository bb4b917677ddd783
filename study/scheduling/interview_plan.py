"""Which items to ask today when there is an interview day; docs/schedule.md has what it gains.

As many items as without the day, but other ones. Until the last week: as many new items first as
must be begun each day to have seen all in time, then what is due, then the other new ones. In
the last week: the items whose chance of recall on the day rises most by one answer today. What
FSRS believes of the days to come is not used earlier: on learners who forget otherwise than FSRS
believes, looking further ahead lost more than it won.
"""

from datetime import date
from functools import lru_cache

from study.reviews.memory_state import AGAIN, State, learnt, recall, recall_after

LAST_DAYS = 7
BREATH = 3  # the last days before the interview bring nothing new if that can be avoided
GUESS = 0.4  # chance of answering an item that was never seen
GOOD = 3


def aimed(
    seen: list[str],
    waiting: list[str],
    new: list[str],
    unseen: int,
    known: dict[str, State],
    day: date,
    interview: date,
) -> list[str]:
    """All of `waiting` and `new` before the last week, the same number in it; best first.

    `seen` are items that can be asked and were not asked today, `waiting` those of them that are
    due, lowest recall first; `new` are the new items of the day, of `unseen` that are left.
    """
    left = (interview - day).days
    if left > LAST_DAYS:
        first = min(len(new), -(-unseen // max(1, left - BREATH)))
        return [*new[:first], *waiting, *new[first:]]
    fresh = State()
    worth = {item: gain(known.get(item, fresh), day, interview) for item in [*new, *seen]}
    return sorted(worth, key=lambda item: -worth[item])[: len(waiting) + len(new)]


@lru_cache(maxsize=4096)
def gain(state: State, day: date, interview: date) -> float:
    """How much an answer today is expected to raise the chance of recall on the interview day."""
    chance = recall(state, day) if state.reviews else GUESS
    days = (interview - day).days
    after = {rating: recall_after(learnt(state, rating, day)[0], days) for rating in (GOOD, AGAIN)}
    return chance * after[GOOD] + (1 - chance) * after[AGAIN] - recall(state, interview)
