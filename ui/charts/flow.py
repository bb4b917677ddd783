"""Gradient flow: one number for each layer, the input side on the left, an absolute log scale.

How to read it: gradients travel from right to left. A line that rises to the left explodes
backwards, one that falls vanishes backwards; a flat line far below is a net in which every layer
gets nothing. Zero has no place on a log scale and stands at the foot.
"""

import pandas as pd

from ui.charts.palette import scale, shapes

HEIGHT = 360
FLOOR, CEILING = 1e-12, 1e8
LINEAR = ("dead_share",)


def table(layers: list[str], by_arm: dict[str, list[float | None]]) -> pd.DataFrame:
    """One row a layer: its place from 1, its name, a column for each arm."""
    frame = pd.DataFrame({"layer": range(1, len(layers) + 1), "name": layers})
    for arm, values in by_arm.items():
        frame[arm] = pd.Series(values, dtype="float32")
    return frame


def clipped(frame: pd.DataFrame, arms: list[str], quantity: str) -> pd.DataFrame:
    """What the chart draws: zeros at the foot of the log scale, beyond the top at the top."""
    if quantity in LINEAR:
        return frame
    shown = frame.copy()
    shown[arms] = shown[arms].clip(FLOOR, CEILING)
    return shown


def spec(arms: list[str], quantity: str, title: str, layer_title: str) -> dict:
    log = quantity not in LINEAR
    y: dict = {"field": "value", "type": "quantitative", "title": title}
    if log:
        y["scale"] = {"type": "log", "domain": [FLOOR, CEILING], "clamp": True}
        y["axis"] = {"format": "~e", "values": [10.0**k for k in range(-12, 9, 4)]}
    else:
        y["scale"] = {"domain": [0, 1]}
    tooltip = [
        {"field": "layer", "title": layer_title},
        {"field": "name", "title": "name"},
        {"field": "arm", "title": "arm"},
        {"field": "value", "format": ".3g", "title": title},
    ]
    return {
        "height": HEIGHT,
        "transform": [{"fold": arms, "as": ["arm", "value"]}],
        "encoding": {
            "x": {
                "field": "layer",
                "type": "quantitative",
                "title": layer_title,
                "scale": {"nice": False},
            },
            "y": y,
            "color": {
                "field": "arm",
                "type": "nominal",
                "scale": scale(arms),
                "legend": {"orient": "top"},
                "title": None,
            },
            "tooltip": tooltip,
        },
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 1.5}},
            {
                "mark": {"type": "point", "filled": True, "size": 32},
                "encoding": {
                    "shape": {
                        "field": "arm",
                        "type": "nominal",
                        "scale": shapes(arms),
                        "legend": None,
                    }
                },
            },
        ],
    }
