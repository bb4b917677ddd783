"""How slice, rate range and maps are drawn, all arms of a run together."""

from collections.abc import Mapping

import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis.why import Figures
from ui.charts.diagnostics import why_more
from ui.lab.watch.chart_data import Picture, table_and_files
from ui.shell.i18n import t

Found = Mapping[str, Figures]
Names = dict[str, str]


def loss_slice(found: Found, names: Names, past: runs.History) -> None:
    """Draw the loss along the slice, by both kinds of statistics."""
    frame = why_more.slices(found)
    columns = [name for name in frame.columns if name != "at"]
    middle = float(frame[columns].iloc[len(frame) // 2].max())
    ends = why_more.limits(frame, columns, middle)
    shown = frame.rename(
        columns={
            arm + end: name + end for arm, name in names.items() for end in ("", why_more.BATCH)
        }
    )
    spec = why_more.losses("at", names, _titles("at", "loss_slice"), ends, batch=True)
    _draw(shown, spec, "loss_slice")
    table_and_files(frame, _picture("loss_slice", names, past, "at", ends))


def rate_range(found: Found, names: Names, past: runs.History) -> None:
    """Draw the loss while the learning rate rises."""
    frame = why_more.rates(found)
    arms = list(names)
    ends = why_more.limits(frame, arms, float(frame[arms].iloc[0].max()))
    spec = why_more.losses("log_rate", names, _titles("log_rate", "rate_range"), ends)
    _draw(frame.rename(columns=names), spec, "rate_range")
    table_and_files(frame, _picture("rate_range", names, past, "log_rate", ends))


def maps(found: Found, names: Names, past: runs.History) -> None:
    """Draw the kernels of the first convolution and what the channels put out for one image."""
    for place, (arm, figures) in zip(st.columns(len(found)), found.items(), strict=True):
        rows = " · ".join(["stem_conv", *figures["places"]])
        caption = t("why.maps_rows", arm=names[arm], rows=rows)
        place.image(why_more.maps(figures), caption=caption)


def _titles(x: str, name: str) -> dict[str, str]:
    titles = {key: t(f"chart.{key}") for key in (x, "arm")}
    modes = {mode: t(f"why.slice_{mode}") for mode in ("moving", "batch")}
    return titles | modes | {"value": t(f"why.{name}_value")}


def _draw(frame, spec: dict, name: str) -> None:
    st.vega_lite_chart(
        frame, spec, key=f"chart_why_{name}", width="stretch", alt=t(f"alt.why_{name}")
    )


def _picture(
    name: str, names: Names, past: runs.History, x: str, ends: tuple[float, float]
) -> Picture:
    label = (past.started or {})["data"]["label"]
    return Picture(f"why_{name}", list(names), label, f"why.{name}_value", x, limits=ends)
