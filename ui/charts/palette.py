"""Define the colours, dashes and shapes of the arms. No other module does.

The plain and the residual net therefore look the same on every chart. The colours are Okabe and
Ito's set, which people with any colour vision can tell apart.
"""

from collections.abc import Mapping

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C564B", "#7F7F7F")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [1, 3], [4, 4], [12, 2])
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down", "stroke", "wedge")
FIXED_PLACE = {"residual": 0, "plain": 1}
PADDING = {"left": 0, "top": 4, "right": 8, "bottom": 5}  # room for the tails of letters below
MARK = "#7F7F7F"
# The names of the arms, in one line above the chart. On a phone they need two columns.
ABOVE = {"orient": "top", "title": None, "columns": {"expr": "width < 400 ? 2 : 0"}}


def places(arms: list[str]) -> list[int]:
    """Return the place of each arm in the palette: residual first, plain second, then others."""
    free = [place for place in range(len(COLOURS)) if place not in FIXED_PLACE.values()]
    if not set(arms) & set(FIXED_PLACE):
        free = list(range(len(COLOURS)))
    return [FIXED_PLACE[arm] if arm in FIXED_PLACE else free.pop(0) for arm in arms]


def colours(arms: list[str]) -> list[str]:
    """Return a colour for each arm."""
    return [COLOURS[place] for place in places(arms)]


def scale(names: Mapping[str, str]) -> dict:
    """Return the colour scale of a chart; `names` maps an arm to its title in the chart."""
    return {"domain": list(names.values()), "range": colours(list(names))}


def dashes(names: Mapping[str, str]) -> dict:
    """Return the scale of dashes of a chart."""
    chosen = [DASHES[place] for place in places(list(names))]
    return {"domain": list(names.values()), "range": chosen}


def shapes(names: Mapping[str, str]) -> dict:
    """Return the scale of points of a chart."""
    chosen = [SHAPES[place] for place in places(list(names))]
    return {"domain": list(names.values()), "range": chosen}
