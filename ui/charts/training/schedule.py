"""Draw the learning rate of every step before a run starts.

How to read it: the area under the line says how far the weights can move, its end how calmly they
settle.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from ui.charts.palette import COLOURS, PADDING

HEIGHT = 140
POINTS = 300


def table(rate_at: Callable[[int], float], steps: int) -> pd.DataFrame:
    """Return one row for each step and its rate, about POINTS of them with the first and last."""
    shown = sorted({*range(0, steps, max(1, steps // POINTS)), steps - 1})
    return pd.DataFrame({"step": shown, "rate": [rate_at(step) for step in shown]})


def spec(titles: dict[str, str], steps: int, peak: float) -> dict[str, Any]:
    """Return the chart; `titles` holds the words for step and rate."""
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "mark": {"type": "line", "strokeWidth": 2, "color": COLOURS[0], "point": steps < 3},
        "encoding": {
            "x": {
                "field": "step",
                "type": "quantitative",
                "title": titles["step"],
                "scale": {"domain": [0, max(1, steps - 1)], "nice": False},
                "axis": {"tickMinStep": 1, "format": "d"},
            },
            "y": {
                "field": "rate",
                "type": "quantitative",
                "title": titles["rate"],
                "scale": {"domain": [0, peak]},
                "axis": {"tickCount": 4, "format": "~g"},
            },
            "tooltip": [
                {"field": "step", "title": titles["step"]},
                {"field": "rate", "format": ".3g", "title": titles["rate"]},
            ],
        },
    }
