"""Draw the loss curves of a recorded run in a small size, for the card of its experiment."""

from collections.abc import Mapping

import pandas as pd

from ui.charts.palette import PADDING, dashes, scale

HEIGHT = 170  # with legend and axis
POINTS = 60  # more could not be seen at this size
HIGHEST = 3.2  # the first loss of a residual net is far above the later ones


def frame(losses: Mapping[str, list[float]], names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row for each point: the step, the title of the arm, and its smoothed loss."""
    rows = [
        (step, names[arm], loss)
        for arm, series in losses.items()
        for step, loss in list(enumerate(series))[:: max(1, len(series) // POINTS)]
    ]
    return pd.DataFrame(rows, columns=["step", "arm", "loss"])


def thumbnail(shown: pd.DataFrame, names: Mapping[str, str]) -> dict:
    """Return the spec: two lines without a grid. The caption below names the axes."""
    top = min(HIGHEST, float(shown["loss"].max()))
    low = min(float(shown["loss"].min()), top)
    quiet = {"grid": False, "tickCount": 3}
    arm = {"field": "arm", "type": "nominal"}
    return {
        "height": HEIGHT,
        "padding": PADDING,
        "mark": {"type": "line", "strokeWidth": 1.5, "clip": True},
        "encoding": {
            "x": {"field": "step", "type": "quantitative", "title": None, "axis": quiet},
            "y": {
                "field": "loss",
                "type": "quantitative",
                "title": None,
                "axis": quiet,
                "scale": {"domain": [low, top], "nice": True, "zero": False},
            },
            "color": {**arm, "scale": scale(names), "legend": {"orient": "top", "title": None}},
            "strokeDash": {**arm, "scale": dashes(names), "legend": None},
        },
    }
