"""A chart's numbers as CSV, and as a PNG drawn by matplotlib when it is asked for."""

import io

import pandas as pd

from ui.charts.flow import CEILING, FLOOR
from ui.charts.palette import COLOURS

MARKERS = ("o", "^", "s", "D", "P", "v", "x", "*")


def csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode("utf-8-sig")  # Excel reads Chinese only with the mark


def png(
    frame: pd.DataFrame, x: str, arms: list[str], *, title: str, y_title: str, log: bool
) -> bytes:
    """English labels: no font with Chinese is sure to be there."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.add_subplot()
    for arm, colour, marker in zip(arms, COLOURS, MARKERS, strict=False):
        values = frame[arm].clip(FLOOR, CEILING) if log else frame[arm]
        axes.plot(frame[x], values, color=colour, marker=marker, markersize=3, lw=1.4, label=arm)
    axes.set_yscale("log" if log else "linear")
    axes.set(xlabel=x, ylabel=y_title, title=title)
    axes.grid(alpha=0.3)
    axes.legend()
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=150)
    return out.getvalue()
