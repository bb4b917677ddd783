"""Layer by step: the whole history of one quantity of one arm.

How to read it: each column is a step, the input side is at the bottom; colour is the power of ten.
A column that fades towards the bottom vanishes backwards, one that glows there explodes.
"""

import numpy as np
import pandas as pd

from resnet_core.runs import History

CELLS = 6000
LOW, HIGH = -8.0, 4.0


def table(past: History, arm: str, quantity: str) -> pd.DataFrame:
    """One row a cell: step, layer, power of ten; steps thinned to at most CELLS cells."""
    flows = past.of("flow", arm)
    if not flows:
        return pd.DataFrame({"step": [], "step_end": [], "layer": [], "layer_end": [], "log10": []})
    depth = len(flows[0][quantity])
    every = max(1, -(-len(flows) * depth // CELLS))
    kept = flows[::every]
    values = np.array([[np.nan if v is None else v for v in flow[quantity]] for flow in kept])
    with np.errstate(divide="ignore"):
        powers = np.clip(np.log10(np.abs(values)), LOW, HIGH)
    steps = np.repeat([flow["step"] for flow in kept], depth).astype("float32")
    layers = np.tile(np.arange(1, depth + 1), len(kept)).astype("float32")
    gap = (flows[1]["step"] - flows[0]["step"] if len(flows) > 1 else 1) * every
    return pd.DataFrame(
        {
            "step": steps,
            "step_end": steps + gap,
            "layer": layers - 0.5,
            "layer_end": layers + 0.5,
            "log10": powers.ravel().astype("float32"),
        }
    )


def spec(title: str, step_title: str, layer_title: str, legend: str) -> dict:
    return {
        "height": 300,
        "title": {"text": title, "fontSize": 13, "anchor": "start"},
        "mark": {"type": "rect", "strokeWidth": 0},
        "encoding": {
            "x": {
                "field": "step",
                "type": "quantitative",
                "title": step_title,
                "scale": {"nice": False, "zero": False},
            },
            "x2": {"field": "step_end"},
            "y": {
                "field": "layer",
                "type": "quantitative",
                "title": layer_title,
                "scale": {"nice": False, "zero": False},
            },
            "y2": {"field": "layer_end"},
            "color": {
                "field": "log10",
                "type": "quantitative",
                "title": legend,
                "scale": {"scheme": "cividis", "domain": [LOW, HIGH]},
            },
            "tooltip": [
                {"field": "step", "title": step_title},
                {"field": "log10", "format": ".2f", "title": legend},
            ],
        },
    }
