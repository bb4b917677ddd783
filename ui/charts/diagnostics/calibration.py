"""Draw how often a net is right against how sure it is (a reliability diagram).

How to read it: each point is one bin of confidence, larger where it holds more images. On the
dashed diagonal a net is as often right as it says. Below it the net is too sure, above it not sure
enough.
"""

from collections.abc import Mapping

import pandas as pd

from resnet_core.diagnosis.why import Figures
from ui.charts.diagnostics.why import LEGEND, Spec
from ui.charts.palette import MARK, PADDING, dashes, scale

HEIGHT = 340
FIELDS = ("confidence", "accuracy", "images")


def table(found: Mapping[str, Figures]) -> pd.DataFrame:
    """Return one row for each arm and bin: mean confidence, share right, number of images."""
    rows = [
        {"arm": arm, **{name: one[name] for name in FIELDS}}
        for arm, figures in found.items()
        for one in figures["bins"]
    ]
    frame = pd.DataFrame(rows, columns=["arm", *FIELDS])
    return frame.astype({"confidence": "float32", "accuracy": "float32"})


def spec(names: Mapping[str, str], titles: Mapping[str, str]) -> Spec:
    """Return the chart; `titles` words arm, confidence, accuracy and images."""
    arm = {"field": "arm", "type": "nominal"}
    colour = {**arm, "scale": scale(names), "legend": LEGEND, "title": None}
    x, y = (
        {
            "field": name,
            "type": "quantitative",
            "title": titles[name],
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"format": "%", "tickCount": 5},
        }
        for name in ("confidence", "accuracy")
    )
    diagonal = {
        "data": {"values": [{"confidence": end, "accuracy": end} for end in (0, 1)]},
        "mark": {"type": "line", "color": MARK, "strokeDash": [4, 3], "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y},
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "strokeDash": {**arm, "scale": dashes(names), "legend": None},
        },
    }
    bins = {
        "mark": {"type": "circle", "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "size": {
                "field": "images",
                "type": "quantitative",
                "legend": None,
                "scale": {"range": [40, 500]},
            },
            "tooltip": [
                {"field": "arm", "title": titles["arm"]},
                {"field": "confidence", "format": ".1%", "title": titles["confidence"]},
                {"field": "accuracy", "format": ".1%", "title": titles["accuracy"]},
                {"field": "images", "title": titles["images"]},
            ],
        },
    }
    return {"padding": PADDING, "height": HEIGHT, "layer": [diagonal, line, bins]}
