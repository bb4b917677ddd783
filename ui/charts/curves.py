"""Loss and accuracy against steps.

How to read it: lower loss is better. Twins see the same batches, so where their lines part is
where the skips made the difference. A guess among ten classes has the loss ln 10 = 2.303.
"""

import pandas as pd

from resnet_core.runs import History
from ui.charts.palette import scale

HEIGHT = 340
POINTS = 500


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


def spec(arms: list[str], title: str, step_title: str, *, top: float | None = None) -> dict:
    y: dict = {"field": "value", "type": "quantitative", "title": title}
    y["scale"] = {"zero": False, "clamp": True} | ({"domainMax": top} if top else {})
    colour = {"field": "arm", "type": "nominal", "scale": scale(arms), "title": None}
    dash = {"field": "arm", "type": "nominal", "legend": None, "scale": {"domain": arms}}
    return {
        "height": HEIGHT,
        "transform": [{"fold": arms, "as": ["arm", "value"]}],
        "mark": {"type": "line", "clip": True, "interpolate": "linear", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "step", "type": "quantitative", "title": step_title},
            "y": y,
            "color": {**colour, "legend": {"orient": "top"}},
            "strokeDash": dash,
            "tooltip": [
                {"field": "step", "title": step_title},
                {"field": "arm", "title": "arm"},
                {"field": "value", "format": ".3f", "title": title},
            ],
        },
    }
