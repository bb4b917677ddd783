"""Draw the diagnostics of plain beside residual nets as Vega-Lite charts.

How to read them: lines by layer have the input side on the left, and 1 at the top is a gradient
without loss. A bar of a deleted block that reaches its net's dashed line says that the block was
hardly missed. Bars by path length show where the gradient comes from, and the grey line shows where
the number of paths alone would put it.
"""

from collections.abc import Mapping
from itertools import chain

import pandas as pd

from resnet_core.diagnosis.why import Figures
from ui.charts.palette import ABOVE, MARK, PADDING, dashes, scale

HEIGHT = 300
TOP = 1.02  # so that a line at 1 is drawn whole
LEGEND = {
    **ABOVE,
    "symbolType": "circle",
    "symbolOpacity": 1,
    "symbolSize": 60,
    "symbolStrokeWidth": 0,
}
Spec = dict[str, object]


def by_layer(found: Mapping[str, Figures], quantity: str) -> pd.DataFrame:
    """Return one row for each layer: its place from 1, its name, and a column for each arm."""
    layers = max((figures["layers"] for figures in found.values()), key=len)
    frame = pd.DataFrame({"layer": range(1, len(layers) + 1), "name": layers})
    for arm, figures in found.items():
        frame[arm] = pd.Series(figures[quantity], dtype="float32")
    return frame


def by_block(found: Mapping[str, Figures]) -> pd.DataFrame:
    """Return one row for each block: its place from 1, its name, each arm's accuracy without it."""
    blocks = max((figures["blocks"] for figures in found.values()), key=len)
    frame = pd.DataFrame({"block": range(1, len(blocks) + 1), "name": blocks})
    for arm, figures in found.items():
        frame[arm] = pd.Series(figures["without"], dtype="float32")
    return frame


def by_length(found: Mapping[str, Figures]) -> pd.DataFrame:
    """Return one row for each path length: each arm's gradient share, and the binomial share."""
    longest = max(len(figures["share"]) for figures in found.values())
    frame = pd.DataFrame({"length": range(longest)})
    for arm, figures in found.items():
        frame[arm] = pd.Series(figures["share"], dtype="float32")
    spread = max(found.values(), key=lambda figures: sum(b > 0 for b in figures["binomial"]))
    frame["binomial"] = pd.Series(spread["binomial"], dtype="float32")
    return frame


def lines(frame: pd.DataFrame, names: Mapping[str, str], titles: Mapping[str, str]) -> Spec:
    """Return lines by layer on a scale that ends at 1; `titles` words value, layer, name, arm."""
    lowest = float(frame[list(names.values())].min().min())
    low = 0.0 if not lowest < 0 else max(-1.0, round(lowest - 0.05, 1))
    arm = {"field": "arm", "type": "nominal"}
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "transform": [{"fold": list(names.values()), "as": ["arm", "value"]}],
        "mark": {"type": "line", "point": {"size": 30}, "strokeWidth": 2, "clip": True},
        "encoding": {
            "x": _whole("layer", titles["layer"]),
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": titles["value"],
                "scale": {"domain": [low, TOP], "nice": False},
            },
            "color": {**arm, "scale": scale(names), "legend": LEGEND, "title": None},
            "strokeDash": {**arm, "scale": dashes(names), "legend": None},
            "tooltip": [
                {"field": "layer", "title": titles["layer"]},
                {"field": "name", "title": titles["name"]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".3f", "title": titles["value"]},
            ],
        },
    }


def bars(
    x: str, names: Mapping[str, str], titles: Mapping[str, str], whole: Mapping[str, float]
) -> Spec:
    """Return bars side by side; `whole` draws a dashed line for each arm.

    `titles` holds the words for value, arm and the field `x`.
    """
    arm = {"field": "arm", "type": "nominal"}
    colour = {**arm, "scale": scale(names), "legend": LEGEND, "title": None}
    drawn = {
        "transform": [{"fold": list(names.values()), "as": ["arm", "value"]}],
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": x, "type": "ordinal", "title": titles[x], "axis": {"labelAngle": 0}},
            "xOffset": {**arm, "sort": list(names.values())},
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": titles["value"],
                "axis": {"format": "%"},
            },
            "color": colour,
            "tooltip": [
                {"field": x, "title": titles[x]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".1%", "title": titles["value"]},
            ],
        },
    }
    rules = [
        {
            "mark": {"type": "rule", "strokeDash": [6, 3], "strokeWidth": 2},
            "encoding": {"y": {"datum": value}, "color": {"datum": names[one], **_coloured(names)}},
        }
        for one, value in whole.items()
    ]
    return {"padding": PADDING, "height": HEIGHT, "layer": [drawn, *rules]}


def with_binomial(spec: Spec, titles: Mapping[str, str]) -> Spec:
    """Return bars by path length with the binomial distribution as a grey line over them."""
    line = {
        "mark": {"type": "line", "color": MARK, "strokeDash": [4, 3], "point": {"color": MARK}},
        "encoding": {
            "x": {"field": "length", "type": "ordinal"},
            "y": {"field": "binomial", "type": "quantitative"},
            "tooltip": [
                {"field": "length", "title": titles["length"]},
                {"field": "binomial", "format": ".1%", "title": titles["binomial"]},
            ],
        },
    }
    layers = spec["layer"]
    assert isinstance(layers, list)
    return {**spec, "layer": list(chain(layers, [line]))}


def _coloured(names: Mapping[str, str]) -> Spec:
    return {"type": "nominal", "scale": scale(names), "legend": LEGEND, "title": None}


def _whole(field: str, title: str) -> Spec:
    axis = {"tickCount": 10, "tickMinStep": 1, "format": "d"}
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"nice": False, "zero": False},
        "axis": axis,
    }
