"""Draw gradient flow: one number for each layer, the input side on the left, on a log scale.

How to read it: gradients travel from right to left. A line that rises to the left explodes
backwards, and one that falls vanishes backwards. A flat line far below is a net in which every
layer gets almost no gradient. Zero has no place on a log scale and is drawn at the bottom.

The scale covers the whole run and all its arms, so that steps can be compared.
"""

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from ui.charts.palette import ABOVE, PADDING, scale, shapes

HEIGHT = 300
FLOOR, CEILING = 1e-12, 1e8
LINEAR = ("dead_share",)
LEAST = (-4, 2)  # powers of ten that are always shown


def table(
    layers: Mapping[str, list[str]], by_arm: Mapping[str, list[float | None]]
) -> pd.DataFrame:
    """Return one row for each layer: its place from 1, its name, and a column for each arm.

    Arms are aligned by the names of their layers; an arm without a layer has a gap there.
    """
    names = aligned(list(layers.values()))
    frame = pd.DataFrame({"layer": range(1, len(names) + 1), "name": names})
    for arm, values in by_arm.items():
        known = dict(zip(layers[arm], values, strict=False))
        frame[arm] = pd.Series([known.get(name) for name in names], dtype="float32")
    return frame


def aligned(lists: list[list[str]]) -> list[str]:
    """Return every layer once, each after the layer that it follows in its own net."""
    merged: list[str] = []
    for names in sorted(lists, key=len, reverse=True):
        place = 0
        for name in names:
            if name in merged:
                place = merged.index(name) + 1
            else:
                merged.insert(place, name)
                place += 1
    return merged


def powers(values: Iterable[float | None]) -> tuple[int, int]:
    """Return even powers of ten around all values that have a place on the scale."""
    low, high = LEAST
    known = [abs(value) for value in values if value]
    if known:
        low = min(low, 2 * math.floor(math.log10(max(min(known), FLOOR)) / 2))
        high = max(high, 2 * math.ceil(math.log10(min(max(known), CEILING)) / 2))
    return low, high


def clipped(frame: pd.DataFrame, arms: list[str], domain: tuple[int, int]) -> pd.DataFrame:
    """Return what a log chart draws: zeros at the bottom of the scale, larger values at the top."""
    shown = frame.copy()
    shown[arms] = shown[arms].clip(10.0 ** domain[0], 10.0 ** domain[1])
    return shown


def spec(
    names: Mapping[str, str],
    titles: Mapping[str, str],
    domain: tuple[int, int] | None,
    *,
    gaps: bool = False,
) -> dict:
    """Return the chart.

    `names` maps an arm to its title, and `titles` holds the words for value, layer, name and arm.
    Without a `domain` the scale is a share. With `gaps` a line continues past layers that its arm
    lacks; without, a missing value is one that is not finite, and breaks the line.
    """
    layer_title, title = titles["layer"], titles["value"]
    y: dict = {"field": "value", "type": "quantitative", "title": title}
    if domain:
        low, high = domain
        ends = [10.0**low, 10.0**high]
        y["scale"] = {"type": "log", "domain": ends, "nice": False, "clamp": True}
        y["axis"] = {"format": "~e", "values": [10.0**k for k in range(low, high + 1, 2)]}
    else:
        y["scale"] = {"domain": [0, 1]}
    tooltip = [
        {"field": "layer", "title": layer_title},
        {"field": "name", "title": titles["name"]},
        {"field": "arm", "title": titles["arm"]},
        {"field": "value", "format": ".3g", "title": title},
    ]
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "transform": [
            {"fold": list(names.values()), "as": ["arm", "value"]},
            *([{"filter": "isValid(datum.value)"}] if gaps else []),
        ],
        "encoding": {
            "x": {
                "field": "layer",
                "type": "quantitative",
                "title": layer_title,
                "scale": {"nice": False},
                "axis": {"tickCount": 10, "tickMinStep": 1, "format": "d"},
            },
            "y": y,
            "color": {
                "field": "arm",
                "type": "nominal",
                "scale": scale(names),
                "legend": {**ABOVE, "symbolOpacity": 1, "symbolSize": 60},
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
                        "scale": shapes(names),
                        "legend": None,
                    }
                },
            },
        ],
    }
