"""How each of the four further diagnostics is drawn, all arms of a run together."""

from collections.abc import Mapping

import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis.why import Figures
from ui.charts.diagnostics import why_more
from ui.lab.labels import class_name
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


def confusion(found: Found, names: Names, past: runs.History) -> None:
    """Draw what each net takes for what."""
    classes = [class_name(name) for name in (past.started or {})["data"].get("class_names", [])]
    titles = {key: t(f"chart.{key}") for key in ("truth", "said", "images", "share")}
    for arm, figures in found.items():
        frame = why_more.confusion(figures, classes)
        order = list(dict.fromkeys(frame["truth"]))
        spec = why_more.confusion_map(names[arm], titles, order)
        _draw(frame, spec, "confusion", f"confusion_{arm}")


def maps(found: Found, names: Names, past: runs.History) -> None:
    """Draw the kernels of the first convolution and what the channels put out for one image."""
    for arm, figures in found.items():
        rows = " · ".join(["stem_conv", *figures["places"]])
        st.image(why_more.maps(figures), caption=t("why.maps_rows", arm=names[arm], rows=rows))


def _titles(x: str, name: str) -> dict[str, str]:
    titles = {key: t(f"chart.{key}") for key in (x, "arm")}
    modes = {mode: t(f"why.slice_{mode}") for mode in ("moving", "batch")}
    return titles | modes | {"value": t(f"why.{name}_value")}


def _draw(frame, spec: dict, name: str, key: str = "") -> None:
    st.vega_lite_chart(
        frame, spec, key=f"chart_why_{key or name}", width="stretch", alt=t(f"alt.why_{name}")
    )


def _picture(
    name: str, names: Names, past: runs.History, x: str, ends: tuple[float, float]
) -> Picture:
    label = (past.started or {})["data"]["label"]
    return Picture(f"why_{name}", list(names), label, f"why.{name}_value", x, limits=ends)
