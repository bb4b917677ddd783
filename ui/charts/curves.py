"""Loss and accuracy against steps.

How to read it: lower loss is better. Twins see the same batches, so where their lines part is
where the skips made the difference. A guess among ten classes has the loss ln 10 = 2.303.

The frame stands still while the lines grow into it: it goes up in a few large steps.
"""

import math

import pandas as pd

from resnet_core.runs import History
from ui.charts.palette import PADDING, scale

HEIGHT = 360
POINTS = 500
FIRST_REACH = 200  # steps that are shown from the beginning, where the run has as many
NOTCH = 0.5
FEW = 8  # steps of a run so short that a line alone could be missed


def table(past: History, arms: list[str], quantity: str) -> pd.DataFrame:
    """One row a step, one column an arm; float32."""
    columns = {
        arm: pd.Series(
            {e["step"]: e[quantity] for e in past.of("step", arm)}, dtype="float32", name=arm
        )
        for arm in arms
    }
    frame = pd.DataFrame(columns).rename_axis("step").reset_index()
    every = max(1, len(frame) // POINTS)
    return frame.iloc[::every]


def reach(now: int, steps: int) -> int:
    """Where the step axis ends: all steps of a short run, else what was reached, doubled."""
    end = FIRST_REACH
    while end < now:
        end *= 2
    return min(end, steps)


def floor(frame: pd.DataFrame, arms: list[str], top: float) -> float:
    """Where the loss axis begins: a notch at or below the lowest loss, and below the top."""
    lowest = frame[arms].min().min()
    if not math.isfinite(lowest):
        return 0.0
    return max(0.0, min(math.floor(lowest / NOTCH) * NOTCH, top - 2 * NOTCH))


def spec(
    arms: list[str], title: str, step_title: str, *, domain: list[float], end: int, arm_title: str
) -> dict:
    y: dict = {"field": "value", "type": "quantitative", "title": title}
    y["scale"] = {"zero": False, "nice": False, "clamp": True, "domain": domain}
    y["axis"] = {"tickCount": 6}
    colour = {"field": "arm", "type": "nominal", "scale": scale(arms), "title": None}
    dash = {"field": "arm", "type": "nominal", "legend": None, "scale": {"domain": arms}}
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "transform": [{"fold": arms, "as": ["arm", "value"]}],
        "mark": {"type": "line", "clip": True, "strokeWidth": 2, "point": end < FEW},
        "encoding": {
            "x": {
                "field": "step",
                "type": "quantitative",
                "title": step_title,
                "scale": {"domain": [0, max(1, end)], "nice": False},
                "axis": {"tickCount": 8, "tickMinStep": 1, "format": "d"},
            },
            "y": y,
            "color": {**colour, "legend": {"orient": "top"}},
            "strokeDash": dash,
            "tooltip": [
                {"field": "step", "title": step_title},
                {"field": "arm", "title": arm_title},
                {"field": "value", "format": ".3f", "title": title},
            ],
        },
    }
