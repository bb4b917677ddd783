"""Draw loss and accuracy against steps: a smoothed line over the faint raw one.

How to read it: lower loss is better. Twins see the same batches, so where their lines part is where
the skips made the difference. A guess among ten classes has the loss ln 10 = 2.303.

The frame does not move while the lines grow into it: it grows in a few large steps.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from resnet_core.runs import History
from ui.charts import marks as marking
from ui.charts.palette import ABOVE, MARK, PADDING, dashes, scale

HEIGHT = 300
POINTS = 500
FIRST_REACH = 200  # steps that are shown from the beginning, if the run has as many
NOTCH = 0.5
FEW = 8  # steps of a run so short that a line alone could be overlooked
WINDOW = 10  # steps that the smoothed line averages over, as the verdict does
SMOOTH = " · mean"  # suffix of the smoothed columns after the arm's name
LINEAR_UP_TO = 10.0  # a larger loss is drawn on a log scale
LEAST_LOSS = 1e-4


@dataclass(frozen=True)
class Scale:
    """Hold the ends of the vertical axis, and whether it is linear or logarithmic."""

    low: float
    high: float
    log: bool = False


def table(past: History, arms: Sequence[str], quantity: str) -> pd.DataFrame:
    """Return one row for each step and one float32 column for each arm."""
    columns = {
        arm: pd.Series(
            {e["step"]: e[quantity] for e in past.of("step", arm)}, dtype="float32", name=arm
        )
        for arm in arms
    }
    return pd.DataFrame(columns).rename_axis("step").reset_index()


def drawn(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return what the chart draws: raw and smoothed columns by name, thinned to POINTS rows."""
    shown = frame.rename(columns=dict(names))
    for name in names.values():
        smooth = shown[name].rolling(WINDOW, min_periods=1).mean()
        shown[name + SMOOTH] = smooth.astype("float32")
    return shown.iloc[:: max(1, len(shown) // POINTS)]


def reach(now: int, steps: int) -> int:
    """Return the end of the step axis: FIRST_REACH doubled until it covers `now`, up to `steps`."""
    end = FIRST_REACH
    while end < now:
        end *= 2
    return min(end, steps)


def loss_scale(frame: pd.DataFrame, arms: list[str], guess: float) -> Scale:
    """Return a scale that shows every finite loss, by powers of ten if they are far apart."""
    lowest, highest = frame[arms].min().min(), frame[arms].max().max()
    if not (math.isfinite(lowest) and math.isfinite(highest)):
        return Scale(0.0, math.ceil(guess / NOTCH) * NOTCH)
    if highest > LINEAR_UP_TO:
        low = math.floor(math.log10(max(LEAST_LOSS, min(lowest, guess))))
        return Scale(10.0**low, 10.0 ** math.ceil(math.log10(highest)), log=True)
    low = max(0.0, math.floor(lowest / NOTCH) * NOTCH)
    return Scale(low, max(low + 2 * NOTCH, math.ceil(max(highest, guess) / NOTCH) * NOTCH))


def spec(
    names: Mapping[str, str],
    titles: Mapping[str, str],
    ends: Scale,
    reach_to: int,
    marks: marking.Marks = (),
    guess: float | None = None,
) -> dict:
    """Return the chart; `titles` words value, step and arm, `guess` is drawn as a dotted line."""
    x, y = axes(titles, ends, reach_to)
    smooth = [name + SMOOTH for name in names.values()]
    lines = {"type": "line", "clip": True, "point": reach_to < FEW}
    raw = {
        "transform": [{"fold": list(names.values()), "as": ["arm", "value"]}],
        "mark": {**lines, "strokeWidth": 1, "opacity": 0.3},
        "encoding": {"x": x, "y": y, "color": colour(names)},
    }
    mean = {
        "transform": [
            {"fold": smooth, "as": ["column", "value"]},
            {"calculate": f"replace(datum.column, '{SMOOTH}', '')", "as": "arm"},
        ],
        "mark": {**lines, "strokeWidth": 2.5},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour(names),
            "strokeDash": {
                "field": "arm",
                "type": "nominal",
                "legend": None,
                "scale": dashes(names),
            },
            "tooltip": [
                {"field": "step", "title": titles["step"]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".3f", "title": titles["value"]},
            ],
        },
    }
    guessed = [at_guess(guess)] if guess is not None else []
    layers = [*guessed, raw, mean, *marking.layers(marks)]
    return {"padding": PADDING, "height": HEIGHT, "layer": layers}


def axes(titles: Mapping[str, str], ends: Scale, reach_to: int) -> tuple[dict, dict]:
    """Return the encodings of step and value."""
    value = {"field": "value", "type": "quantitative", "title": titles["value"]}
    y = value | {
        "scale": {
            "zero": False,
            "nice": False,
            "clamp": True,
            "domain": [ends.low, ends.high],
            "type": "log" if ends.log else "linear",
        },
        "axis": {"tickCount": 6, **({"format": "~g"} if ends.log else {})},
    }
    x = {
        "field": "step",
        "type": "quantitative",
        "title": titles["step"],
        "scale": {"domain": [0, max(1, reach_to)], "nice": False},
        "axis": {"tickCount": 8, "tickMinStep": 1, "format": "d"},
    }
    return x, y


def colour(names: Mapping[str, str]) -> dict:
    """Return the encoding of the arms' colours, with the legend."""
    legend = {**ABOVE, "symbolType": "stroke", "symbolOpacity": 1, "symbolStrokeWidth": 3}
    found = {"field": "arm", "type": "nominal", "scale": scale(names), "title": None}
    return found | {"legend": legend}


def at_guess(guess: float) -> dict:
    """Return the layer of the dotted line at the loss of a guess."""
    return {
        "mark": {"type": "rule", "color": MARK, "strokeDash": [1, 3]},
        "encoding": {"y": {"datum": guess}},
    }
