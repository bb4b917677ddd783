"""The charts of the four further diagnostics: loss slice, rate range, confusion, feature maps.

How to read them: on the slice the trained weights are in the middle, and a wide valley is a net
that a random change hurts little. On the rate range the loss is read while the rate rises; the best
rates lie where it falls steeply, well below where it shoots up. A row of the confusion is what the
images show, a column what was said; the diagonal is right. Maps are brighter where a channel is
stronger.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from resnet_core.diagnosis.why import Figures
from ui.charts.diagnostics.why import HEIGHT, Spec
from ui.charts.palette import PADDING, scale

BATCH = " batch"  # the column of the slice by the statistics of the batch, after the arm's name
ABOVE = 3.0  # how far above the loss of the middle a chart goes; beyond it lines leave the frame
LINES = {"orient": "top", "title": None, "symbolOpacity": 1, "symbolStrokeWidth": 3}
NAMES = 120  # pixels that the names of the classes take below the confusion, and its title
CELL = 24  # pixels of a class in the confusion
MAP, GAP = 64, 4  # pixels of one map's side, and between two


def slices(found: Mapping[str, Figures]) -> pd.DataFrame:
    """Return one row a place: a column for each arm, and one more by the batch's statistics."""
    frame = pd.DataFrame({"at": next(iter(found.values()))["at"]})
    for arm, figures in found.items():
        frame[arm] = pd.Series(figures["moving"], dtype="float32")
        frame[arm + BATCH] = pd.Series(figures["batch"], dtype="float32")
    return frame


def rates(found: Mapping[str, Figures]) -> pd.DataFrame:
    """Return one row a learning rate, as a power of ten, with each arm's smoothed loss."""
    longest = max((figures["rate"] for figures in found.values()), key=len)
    frame = pd.DataFrame({"log_rate": [math.log10(rate) for rate in longest]})
    for arm, figures in found.items():
        frame[arm] = pd.Series(figures["smooth"], dtype="float32")
    return frame


def limits(frame: pd.DataFrame, columns: Sequence[str], middle: float) -> tuple[float, float]:
    """Return a scale from the lowest loss to ABOVE over that of the middle, in halves."""
    lowest, highest = frame[list(columns)].min().min(), frame[list(columns)].max().max()
    low = 0.0 if not math.isfinite(lowest) else max(0.0, math.floor(2 * lowest) / 2)
    high = min(highest, middle + ABOVE) if math.isfinite(highest) else middle + ABOVE
    return low, max(low + 1.0, math.ceil(2 * high) / 2)


def losses(
    x: str,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    ends: tuple[float, float],
    *,
    batch: bool = False,
) -> Spec:
    """Return lines of the loss over the field `x`; with `batch` a dashed one for each arm too.

    `titles` words value, arm, moving, batch and the field `x`.
    """
    columns = [name + suffix for name in names.values() for suffix in ("", BATCH)[: 1 + batch]]
    mode = {"field": "mode", "type": "nominal", "title": None}
    dash = {"domain": [titles["moving"], titles["batch"]], "range": [[1, 0], [5, 4]]}
    by_mode = {**mode, "scale": dash, "legend": {**LINES, "orient": "bottom"}}
    return {
        "padding": PADDING,
        "height": HEIGHT,
        "transform": [
            {"fold": columns, "as": ["column", "value"]},
            {"calculate": f"replace(datum.column, '{BATCH}', '')", "as": "arm"},
            {
                "calculate": f"datum.column == datum.arm ? '{titles['moving']}'"
                f" : '{titles['batch']}'",
                "as": "mode",
            },
        ],
        "mark": {"type": "line", "strokeWidth": 2, "clip": True},
        "encoding": {
            "x": {
                "field": x,
                "type": "quantitative",
                "title": titles[x],
                "scale": {"nice": False, "zero": False},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": titles["value"],
                "scale": {"domain": list(ends), "nice": False, "zero": False},
            },
            "color": {
                "field": "arm",
                "type": "nominal",
                "scale": scale(names),
                "legend": LINES,
                "title": None,
            },
            "strokeDash": by_mode if batch else {**mode, "legend": None, "scale": dash},
            "tooltip": [
                {"field": x, "format": ".3g", "title": titles[x]},
                {"field": "arm", "title": titles["arm"]},
                {"field": "value", "format": ".3f", "title": titles["value"]},
            ],
        },
    }


def confusion(figures: Figures, classes: Sequence[str]) -> pd.DataFrame:
    """Return one row a pair of classes: what the images show, what was said, how many, the share.

    A class is called by its number where its name is not known.
    """
    matrix = np.asarray(figures["matrix"])
    called = [classes[k] if k < len(classes) else str(k) for k in range(len(matrix))]
    of = np.maximum(matrix.sum(1, keepdims=True), 1)
    return pd.DataFrame(
        {
            "truth": np.repeat(called, len(called)),
            "said": np.tile(called, len(called)),
            "images": matrix.ravel(),
            "share": (matrix / of).ravel().astype("float32"),
        }
    )


def confusion_map(title: str, titles: Mapping[str, str], order: Sequence[str]) -> Spec:
    """Return the confusion of one arm as a map; `titles` words truth, said, images and share."""
    labels = {"labelLimit": 90, "labelOverlap": False, "ticks": False}
    axis = {"type": "nominal", "sort": list(order), "axis": labels}
    shade = {"scheme": "blues", "domain": [0, 1], "type": "sqrt"}  # so that a few percent are seen
    legend = {
        "format": "%",
        "title": titles["share"],
        "gradientLength": CELL * 5,
        "values": [0, 0.1, 0.5, 1],
    }
    return {
        "padding": PADDING,
        "height": CELL * len(order) + NAMES,
        "title": {"text": title, "fontSize": 13, "anchor": "start"},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {"field": "said", "title": titles["said"], **axis},
            "y": {"field": "truth", "title": titles["truth"], **axis},
            "color": {
                "field": "share", "type": "quantitative", "scale": shade, "legend": legend,
            },
            "tooltip": [
                {"field": "truth", "title": titles["truth"]},
                {"field": "said", "title": titles["said"]},
                {"field": "images", "title": titles["images"]},
                {"field": "share", "format": ".0%", "title": titles["share"]},
            ],
        },
    }  # fmt: skip


def maps(figures: Figures) -> np.ndarray:
    """Return kernels and maps as one picture, (height, width, 4) uint8 with clear gaps.

    The first row are the kernels of the stem in colour, then a row of channels for each place.
    """
    kernels = [np.asarray(one, np.uint8) for one in figures["kernels"]]
    rows = [kernels[first : first + 8] for first in range(0, len(kernels), 8)]
    for place in figures["maps"]:
        grey = [np.asarray(one, np.uint8)[..., None].repeat(3, -1) for one in place]
        rows.append(grey)
    most = max(map(len, rows))
    side = most * (MAP + GAP) - GAP
    picture = np.zeros((len(rows) * (MAP + GAP) - GAP, side, 4), np.uint8)
    for down, row in enumerate(rows):
        for across, one in enumerate(row):
            top, left = down * (MAP + GAP), across * (MAP + GAP)
            picture[top : top + MAP, left : left + MAP, :3] = _enlarged(one)
            picture[top : top + MAP, left : left + MAP, 3] = 255
    return picture


def _enlarged(image: np.ndarray) -> np.ndarray:
    """Return a small image (h, w, 3) at MAP x MAP pixels, each of its pixels a square."""
    height, width, _ = image.shape
    down, across = np.arange(MAP) * height // MAP, np.arange(MAP) * width // MAP
    return image[down][:, across]
