"""Draw the diagnostics of a run: for each a sentence, a chart of all arms, a caveat and a paper."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import why
from resnet_core.diagnosis.why import Figures
from resnet_core.experiment.diagnostics import DIAGNOSTICS
from ui.charts.diagnostics import why as charts
from ui.lab.labels import arm_names, data_name, duration
from ui.lab.watch.chart_data import Picture, table_and_files
from ui.lab.why import confusion, further
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import t, word

Found = Mapping[str, Figures]
SIDE_BY_SIDE = 2  # charts in a row
WIDE = ("confusion", "maps")  # those that set the nets side by side themselves


def why_charts(run: runs.Run, past: runs.History) -> None:
    """Draw the diagnostics that are there, two in a row; on a phone one below the other."""
    there = [name for name in DIAGNOSTICS if why.measured(past, name)]
    names = [name for name in there if name not in WIDE]
    for first in range(0, len(names), SIDE_BY_SIDE):
        row = names[first : first + SIDE_BY_SIDE]
        for place, name in zip(st.columns(SIDE_BY_SIDE), row, strict=False):
            with place:
                _one(name, run, past)
    for name in there:
        if name in WIDE:
            _one(name, run, past)


def _one(name: str, run: runs.Run, past: runs.History) -> None:
    found = why.measured(past, name)
    found = {arm: found[arm] for arm in run.experiment.arms if arm in found}
    names = arm_names(list(found))
    st.header(t(f"why.{name}"), anchor=False)
    sentence = why.finding(name, found)
    if sentence is not None:
        st.markdown(f"**{word(sentence)}**")
    _DRAWN[name](found, names, past)
    st.caption(
        f"{t(f'why.{name}_read')} {_about(name, past)}  \n"
        f"{t('why.caveat', caveat=word(why.caveat(name)))}  \n"
        f"{t('why.source', paper=word(why.paper(name)))}"
    )


def _about(name: str, past: runs.History) -> str:
    label = (past.started or {})["data"]["label"]
    took = t("why.took", seconds=duration(why.seconds(past, name)))
    return f"{took} {t('chart.data', data=as_text(data_name(label)))}"


def _shatter(found: Found, names: dict[str, str], past: runs.History) -> None:
    _lines(charts.by_layer(found, "lag_1"), "shatter", names, past)


def _precision(found: Found, names: dict[str, str], past: runs.History) -> None:
    _lines(charts.by_layer(found, "bfloat16"), "precision", names, past)


def _lines(frame: pd.DataFrame, name: str, names: dict[str, str], past: runs.History) -> None:
    shown = frame.rename(columns=names)
    titles = {key: t(f"chart.{key}") for key in ("layer", "name", "arm")}
    spec = charts.lines(shown, names, titles | {"value": t(f"why.{name}_value")})
    _draw(shown, spec, name)
    table_and_files(frame, _picture(name, names, past, "layer"))


def _lesion(found: Found, names: dict[str, str], past: runs.History) -> None:
    frame = charts.by_block(found)
    titles = {key: t(f"chart.{key}") for key in ("block", "arm")}
    whole = {arm: figures["whole"] for arm, figures in found.items()}
    spec = charts.bars("block", names, titles | {"value": t("why.lesion_value")}, whole)
    _draw(frame.rename(columns=names), spec, "lesion")
    table_and_files(frame, _picture("lesion", names, past, "block"))


def _paths(found: Found, names: dict[str, str], past: runs.History) -> None:
    frame = charts.by_length(found)
    titles = {key: t(f"chart.{key}") for key in ("length", "arm", "binomial")}
    spec = charts.bars("length", names, titles | {"value": t("why.paths_value")}, {})
    _draw(frame.rename(columns=names), charts.with_binomial(spec, titles), "paths")
    table_and_files(frame, _picture("paths", names, past, "length"))


def _draw(frame: pd.DataFrame, spec: dict, name: str) -> None:
    st.vega_lite_chart(
        frame, spec, key=f"chart_why_{name}", width="stretch", alt=t(f"alt.why_{name}")
    )


def _picture(name: str, names: dict[str, str], past: runs.History, x: str) -> Picture:
    label = (past.started or {})["data"]["label"]
    return Picture(f"why_{name}", list(names), label, f"why.{name}_value", x)


_DRAWN: dict[str, Callable[[Found, dict[str, str], runs.History], None]] = {
    "shatter": _shatter,
    "precision": _precision,
    "lesion": _lesion,
    "paths": _paths,
    "loss_slice": further.loss_slice,
    "rate_range": further.rate_range,
    "confusion": confusion.confusion,
    "maps": further.maps,
}
