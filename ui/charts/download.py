"""Offer the numbers of a chart as CSV, and as a PNG that matplotlib draws on request."""

import io
from dataclasses import dataclass
from functools import cache

import pandas as pd

from ui.charts.palette import colours

MARKERS = ("o", "^", "s", "D", "P", "v", "x", "*")
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "SimHei",
)


def csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV."""
    return frame.to_csv(index=False).encode("utf-8-sig")  # Excel reads Chinese only with this mark


@dataclass(frozen=True)
class ChartText:
    """Hold the words of a picture: its title, each arm's name, and what its axes measure."""

    title: str
    arms: dict[str, str]
    axes: dict[str, str]


def can_write(language: str) -> bool:
    """Return whether a font of this machine covers the language."""
    return language != "zh" or _chinese_font() is not None


def lines_png(
    frame: pd.DataFrame, x: str, limits: tuple[float, float] | None, log: bool, words: ChartText
) -> bytes:
    """Return a picture with a line for each arm. Values beyond `limits` are drawn at the edge."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    plot = figure.add_subplot()
    every = max(1, len(frame) // 60)
    for (arm, name), colour, marker in zip(
        words.arms.items(), colours(list(words.arms)), MARKERS, strict=False
    ):
        values = frame[arm].clip(*limits) if limits else frame[arm]
        style = {"color": colour, "marker": marker, "markevery": every, "ms": 4, "lw": 1.4}
        plot.plot(frame[x], values, label=name, **style)
        if f"{arm} ±" in frame:  # of several seeds
            half = frame[f"{arm} ±"]
            plot.fill_between(frame[x], values - half, values + half, color=colour, alpha=0.2)
    plot.set_yscale("log" if log else "linear")
    if limits:
        plot.set_ylim(*limits)
    plot.xaxis.set_major_locator(MaxNLocator(integer=True))
    plot.set(xlabel=words.axes[x], ylabel=words.axes["value"])
    plot.set_title(words.title, fontsize=10)
    plot.grid(alpha=0.3)
    plot.legend()
    return _written(figure)


def bars_png(frame: pd.DataFrame, words: ChartText) -> bytes:
    """Return a picture with a bar for each class and arm, from the class and its shares by arm."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 1.2 + 0.4 * len(frame)), layout="constrained")
    plot = figure.add_subplot()
    height = 0.8 / len(words.arms)
    for place, ((arm, name), colour) in enumerate(
        zip(words.arms.items(), colours(list(words.arms)), strict=True)
    ):
        places = [row + place * height for row in range(len(frame))]
        plot.barh(places, frame[arm], height, color=colour, label=name)
    plot.set_yticks([row + 0.4 - height / 2 for row in range(len(frame))], frame["class"])
    plot.invert_yaxis()
    plot.set_xlim(0, 1)
    plot.set(xlabel=words.axes["value"])
    plot.set_title(words.title, fontsize=10)
    plot.legend()
    return _written(figure)


def heat_png(cells: pd.DataFrame, ends: tuple[float, float], words: ChartText) -> bytes:
    """Return one map for each arm, stacked. `cells` has the columns arm, layer, step, log10."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 0.8 + 2.6 * len(words.arms)), layout="constrained")
    plots = figure.subplots(len(words.arms), squeeze=False, sharex=True)[:, 0]
    for plot, (arm, name) in zip(plots, words.arms.items(), strict=True):
        grid = cells[cells["arm"] == arm].pivot(index="layer", columns="step", values="log10")
        mesh = plot.pcolormesh(
            grid.columns, grid.index, grid, cmap="cividis", vmin=ends[0], vmax=ends[1]
        )
        plot.set_ylabel(words.axes["layer"], fontsize=8)
        plot.set_title(name, fontsize=9, loc="left")
    plots[-1].set_xlabel(words.axes["step"])
    figure.colorbar(mesh, ax=list(plots), label=words.axes["log10"])
    figure.suptitle(words.title, fontsize=10)
    return _written(figure)


@cache
def _chinese_font() -> str | None:
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in installed), None)


def _written(figure) -> bytes:
    from matplotlib.text import Text

    families = [name for name in ("DejaVu Sans", _chinese_font()) if name]
    for text in figure.findobj(Text):
        text.set_fontfamily(families)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=150)
    return out.getvalue()
