"""Put rows in the order in which things happened if the log was written in another one.

The log of a second machine is appended whole after the first one's rows, so rows are folded by
day, then time. A clock that was wrong for a while is repaired first, by the order in which rows
were written, over the whole log.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from study.reviews.review import Row

AHEAD = timedelta(days=30)  # a clock is doubted where it jumps ahead by more,
BACK = timedelta(days=180)  # or back by more: further back reaches many a log that is imported
SHORT = 3  # days that a wrong clock shows before it is put right; longer is another machine's log


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows, given as they were written, as they happened: by day, then by time."""
    believed = list(rows)
    for start, stop in excursions([row.day for row in rows]):
        before = believed[start - 1]
        for place in range(start, stop):
            believed[place] = believed[place].moved_to(before.day, before.at)
    return sorted(believed, key=lambda row: (row.day, row.moment))


def excursions(days: Sequence[date]) -> list[tuple[int, int]]:
    """Return the places (start, stop) of days that a wrong clock made.

    There the log jumps far away and after a few days jumps back to go on where it was. Where it
    does not come back, or begins anew before the jump, the days are believed.
    """
    found, place = [], 1
    while place < len(days):
        jump = days[place] - days[place - 1]
        stop = _way_back(days, place) if jump > AHEAD or -jump > BACK else 0
        if stop:
            found.append((place, stop))
        place = max(place, stop) + 1
    return found


def _way_back(days: Sequence[date], start: int) -> int:
    """Return the place where the log goes on as before; 0 where it does not."""
    before, away = days[start - 1], {days[start]}
    for place in range(start + 1, len(days)):
        ahead = days[start] > before
        if days[place] >= before and (not ahead or days[place] < days[start] - AHEAD):
            return place
        away.add(days[place])
        if len(away) > SHORT:
            return 0
    return 0
