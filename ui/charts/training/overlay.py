"""Draw the losses of several runs in one chart: a colour for each run, a dash for each net."""

from collections.abc import Mapping

import pandas as pd

from ui.charts.palette import COLOURS, DASHES, MARK, PADDING
from ui.charts.training.curves import HEIGHT, WINDOW, loss_scale

POINTS = 300  # of one line
LEGEND = 60  # pixels that the second legend takes below the chart


def lines(frame: pd.DataFrame, run: str, arms: Mapping[str, str]) -> pd.DataFrame:
    """Return a run's smoothed losses, one row a point: step, run, arm, value.

    `frame` has a column for each arm; `arms` maps it to what the arm is called.
    """
    every = max(1, len(frame) // POINTS)
    parts = [
        pd.DataFrame(
            {
                "step": frame["step"],
                "run": run,
                "arm": name,
                "value": frame[arm].rolling(WINDOW, min_periods=1).mean(),
            }
        ).iloc[::every]
        for arm, name in arms.items()
    ]
    return pd.concat(parts).dropna(subset=["value"])


def spec(frame: pd.DataFrame, runs: list[str], titles: Mapping[str, str], guess: float) -> dict:
    """Return the chart; `titles` words value, step and arm, `guess` is drawn as a dotted line."""
    ends = loss_scale(frame, ["value"], guess)
    arms = list(dict.fromkeys(frame["arm"]))
    legend = {"orient": "top", "title": None, "symbolStrokeWidth": 3, "labelLimit": 320}
    y = {
        "field": "value",
        "type": "quantitative",
        "title": titles["value"],
        "scale": {
            "domain": [ends.low, ends.high],
            "type": "log" if ends.log else "linear",
            "nice": False,
            "zero": False,
            "clamp": True,
        },
        "axis": {"tickCount": 6, **({"format": "~g"} if ends.log else {})},
    }
    drawn = {
        "mark": {"type": "line", "strokeWidth": 2, "clip": True},
        "encoding": {
            "x": {
                "field": "step",
                "type": "quantitative",
                "title": titles["step"],
                "axis": {"tickCount": 8, "tickMinStep": 1, "format": "d"},
            },
            "y": y,
            "color": {
                "field": "run",
                "type": "nominal",
                "scale": {"domain": runs, "range": list(COLOURS[: len(runs)])},
                "legend": {**legend, "columns": 2 if len(runs) > 3 else 3},
            },
            "strokeDash": {
                "field": "arm",
                "type": "nominal",
                "scale": {"domain": arms, "range": list(DASHES[: len(arms)])},
                "legend": {**legend, "orient": "bottom", "symbolType": "stroke"},
            },
            "tooltip": [
                {"field": "step", "title": titles["step"]},
                {"field": "run", "title": " "},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".3f", "title": titles["value"]},
            ],
        },
    }
    at_guess = {
        "mark": {"type": "rule", "color": MARK, "strokeDash": [1, 3], "aria": False},
        "encoding": {"y": {"datum": guess}},
    }
    return {"padding": PADDING, "height": HEIGHT + LEGEND, "layer": [at_guess, drawn]}
