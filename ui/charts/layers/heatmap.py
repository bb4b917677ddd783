"""Draw one quantity of one arm by layer and step, over the whole run.

How to read it: each column is a step, the input side is at the bottom, and colour is the power of
ten. A column that fades towards the bottom vanishes backwards; one that is bright there explodes.
"""

from collections.abc import Mapping
from itertools import chain

import numpy as np
import pandas as pd

from resnet_core.runs import History
from ui.charts import marks as marking
from ui.charts.layers.flow import powers
from ui.charts.palette import PADDING

CELLS = 6000
MARK_ON_MAP = "#ffffff"  # visible on every colour of the map
OVERLAP = 1.15  # cells overlap, so that no seams show between them
HEIGHT = 280


def domain(past: History, quantity: str) -> tuple[int, int]:
    """Return the powers of ten of the whole run, as one scale for all arms."""
    return powers(chain.from_iterable(flow[quantity] for flow in past.of("flow")))


def table(past: History, arm: str, quantity: str, ends: tuple[int, int]) -> pd.DataFrame:
    """Return one row for each cell: step, layer, power of ten; steps are thinned to CELLS cells."""
    flows = past.of("flow", arm)
    if not flows:
        return pd.DataFrame({"step": [], "step_end": [], "layer": [], "layer_end": [], "log10": []})
    depth = len(flows[0][quantity])
    every = max(1, -(-len(flows) * depth // CELLS))
    kept = flows[::every]
    values = np.array([[np.nan if v is None else v for v in flow[quantity]] for flow in kept])
    with np.errstate(divide="ignore"):
        tens = np.clip(np.log10(np.abs(values)), *ends)
    steps = np.repeat([flow["step"] for flow in kept], depth).astype("float32")
    layers = np.tile(np.arange(1, depth + 1), len(kept)).astype("float32")
    gap = (flows[1]["step"] - flows[0]["step"] if len(flows) > 1 else 1) * every
    return pd.DataFrame(
        {
            "step": steps,
            "step_end": steps + gap * OVERLAP,
            "layer": layers - 0.5,
            "layer_end": layers - 0.5 + OVERLAP,
            "log10": tens.ravel().astype("float32"),
        }
    )


def rows(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the cells of all arms in one table for people: arm, layer, step, power of ten."""
    cells = pd.concat(frame.assign(arm=arm) for arm, frame in frames.items())
    cells["layer"] = (cells["layer"] + 0.5).astype("int64")
    cells["step"] = cells["step"].astype("int64")
    return cells[["arm", "layer", "step", "log10"]].reset_index(drop=True)


def spec(
    title: str, titles: Mapping[str, str], ends: tuple[int, int], marks: marking.Marks = ()
) -> dict:
    """Return the map of one arm; `titles` holds the words for step, layer and log10."""
    axis = {"tickCount": 8, "tickMinStep": 1, "format": "d", "grid": False}
    plain = {"type": "quantitative", "scale": {"nice": False, "zero": False}, "axis": axis}
    colour = {
        "field": "log10",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": list(ends)},
    }
    legend = {
        "type": "gradient",
        "title": titles["log10"],
        "orient": "right",
        "gradientLength": 200,
        "format": "d",
    }
    cells = {
        "mark": {"type": "rect", "opacity": 1},
        "encoding": {
            "x": {"field": "step", "title": titles["step"], **plain},
            "x2": {"field": "step_end"},
            "y": {"field": "layer", "title": titles["layer"], **plain},
            "y2": {"field": "layer_end"},
            "color": {**colour, "legend": legend},
            "tooltip": [
                {"field": "step", "title": titles["step"]},
                {"field": "log10", "format": ".2f", "title": titles["log10"]},
            ],
        },
    }
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "title": {"text": title, "fontSize": 13, "anchor": "start"},
        "layer": [cells, *marking.layers(marks, MARK_ON_MAP)],
    }
