"""Draw test accuracy by class: a bar for each arm, over all the images that were evaluated.

How to read it: a net that says one class for everything has one full bar and nine empty ones.
"""

from collections.abc import Mapping

import pandas as pd

from resnet_core.runs import Event
from ui.charts.palette import ABOVE, PADDING, scale

BAND = 34  # pixels for each class
MOST = 20  # classes that are drawn; the table has all


def table(found: Mapping[str, Event], classes: list[str]) -> pd.DataFrame:
    """Return one row for each class: its name, its images, and the share right by arm."""
    of = next(iter(found.values()))["of"]
    frame = pd.DataFrame({"class": classes, "images": of})
    for arm, event in found.items():
        shares = [right / max(1, count) for right, count in zip(event["right"], of, strict=True)]
        frame[arm] = pd.Series(shares, dtype="float32")
    return frame


def spec(names: Mapping[str, str], titles: Mapping[str, str], classes: int) -> dict:
    """Return the chart; `titles` holds the words for class, value, arm and images."""
    arm = {"field": "arm", "type": "nominal"}
    return {
        "padding": PADDING,
        "height": BAND * min(MOST, classes),
        "transform": [{"fold": list(names.values()), "as": ["arm", "value"]}],
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "class", "type": "nominal", "sort": None, "title": None},
            "yOffset": {**arm, "sort": list(names.values())},
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": titles["value"],
                "scale": {"domain": [0, 1]},
                "axis": {"format": "%"},
            },
            "color": {**arm, "scale": scale(names), "title": None, "legend": ABOVE},
            "tooltip": [
                {"field": "class", "title": titles["class"]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".1%", "title": titles["value"]},
                {"field": "images", "title": titles["images"]},
            ],
        },
    }
