"""Put rows in the order in which things happened, which may differ from the order in the log.

The log of a second machine is appended whole after the first one's rows, so rows are ordered by
day, then by time. If a clock was wrong for a while, its days are repaired first, by the order in
which rows were written, over the whole log.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from study.reviews.review import Row

AHEAD = timedelta(days=30)  # a clock is doubted if it jumps ahead by more,
BACK = timedelta(days=180)  # or back by more: imported logs often reach back further than AHEAD
SHORT = 3  # days of a wrong clock; a longer jump is another machine's log


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows, given as they were written, as they happened: by day, then by time."""
    believed = list(rows)
    for start, stop in excursions([row.day for row in rows]):
        before = believed[start - 1]
        for place in range(start, stop):
            believed[place] = believed[place].moved_to(before.day, before.at)
    return sorted(believed, key=lambda row: (row.day, row.moment))


def excursions(days: Sequence[date]) -> list[tuple[int, int]]:
    """Return the places (start, stop) of the days that a wrong clock wrote.

    There the log jumps far away and, after a few days, jumps back and continues. If it does not
    come back, or if it begins anew before the jump, the days are believed.
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
    """Return the place where the log continues as before, or 0 if it does not."""
    before, away = days[start - 1], {days[start]}
    for place in range(start + 1, len(days)):
        ahead = days[start] > before
        if days[place] >= before and (not ahead or days[place] < days[start] - AHEAD):
            return place
        away.add(days[place])
        if len(away) > SHORT:
            return 0
    return 0
