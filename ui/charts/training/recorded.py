"""Draw the curves of a recorded run, one line for each arm: small on a card, large with axes."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ui.charts.palette import PADDING, dashes, scale

CARD_HEIGHT, HEIGHT = 170, 280  # with legend and axes
POINTS = 60  # more could not be seen on a card
HIGHEST = 3.2  # the first loss of a residual net is far above the later ones

Line = Sequence[tuple[float, float]]  # (x, value) from left to right


def frame(lines: Mapping[str, Line], names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row for each point: x, the title of the arm, and the value."""
    rows = [(x, names[arm], value) for arm, line in lines.items() for x, value in line]
    return pd.DataFrame(rows, columns=["x", "arm", "value"])


def thinned(lines: Mapping[str, Line]) -> dict[str, Line]:
    """Return the lines with at most about POINTS points each, as a card can show."""
    return {arm: line[:: max(1, len(line) // POINTS)] for arm, line in lines.items()}


def thumbnail(shown: pd.DataFrame, names: Mapping[str, str]) -> dict:
    """Return the spec of a card: lines without a grid. The caption below names the axes."""
    top = min(HIGHEST, float(shown["value"].max()))
    low = min(float(shown["value"].min()), top)
    quiet = {"title": None, "axis": {"grid": False, "tickCount": 3}}
    fitting = {"domain": [low, top], "nice": True, "zero": False}
    return _lines(names, CARD_HEIGHT, 1.5, quiet, {**quiet, "scale": fitting})


def chart(names: Mapping[str, str], x: str, y: str, *, log: bool = False) -> dict:
    """Return the spec of a large chart, whose axes have the titles `x` and `y`."""
    scaled = {"type": "log"} if log else {"zero": False}
    return _lines(names, HEIGHT, 2, {"title": x}, {"title": y, "scale": scaled})


def _lines(names: Mapping[str, str], height: int, width: float, x: dict, y: dict) -> dict:
    arm = {"field": "arm", "type": "nominal"}
    return {
        "height": height,
        "padding": PADDING,
        "mark": {"type": "line", "strokeWidth": width, "clip": True},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", **x},
            "y": {"field": "value", "type": "quantitative", **y},
            "color": {**arm, "scale": scale(names), "legend": {"orient": "top", "title": None}},
            "strokeDash": {**arm, "scale": dashes(names), "legend": None},
        },
    }
