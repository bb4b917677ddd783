"""Draw the test accuracy of arms at the steps where they were evaluated.

How to read it: each point is a net at one moment on images that it never trained on. The dotted
line is what a guess reaches; a dashed line marks where the body of an arm begins to be trained.
"""

from collections.abc import Mapping

import pandas as pd

from resnet_core.runs import History
from ui.charts import marks as marking
from ui.charts.palette import PADDING, dashes, shapes
from ui.charts.training import curves

HEIGHT = 300


def table(past: History, arms: list[str]) -> pd.DataFrame:
    """Return one row for each evaluation and one column for each arm."""
    columns = {
        arm: pd.Series({e["step"]: e["accuracy"] for e in past.of("eval", arm)}, dtype="float32")
        for arm in arms
    }
    return pd.DataFrame(columns).rename_axis("step").reset_index()


def spec(
    names: Mapping[str, str],
    titles: Mapping[str, str],
    steps: int,
    guess: float,
    marks: marking.Marks = (),
) -> dict:
    """Return the chart of a table whose arms have their titles, over all steps of the run."""
    x, y = curves.axes(titles, curves.Scale(0.0, 1.0), steps)
    arm = {"field": "arm", "type": "nominal", "legend": None}
    lines = {
        "transform": [
            {"fold": list(names.values()), "as": ["arm", "value"]},
            {"filter": "isValid(datum.value)"},
        ],
        "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 60}},
        "encoding": {
            "x": x,
            "y": y,
            "color": curves.colour(names),
            "strokeDash": {**arm, "scale": dashes(names)},
            "shape": {**arm, "scale": shapes(names)},
            "tooltip": [
                {"field": "step", "title": titles["step"]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".3f", "title": titles["value"]},
            ],
        },
    }
    layers = [curves.at_guess(guess), lines, *marking.layers(marks)]
    return {"padding": PADDING, "height": HEIGHT, "layer": layers}
