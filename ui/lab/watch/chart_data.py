"""Offer the numbers of a chart as a table and as CSV, and its picture as PNG."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui.charts import download
from ui.lab.labels import arm_names, data_name
from ui.shared.made_file import made_file
from ui.shell.i18n import language, t, translate

COLUMNS = (
    "step",
    "layer",
    "name",
    "arm",
    "log10",
    "class",
    "images",
    "block",
    "length",
    "binomial",
    "at",
    "log_rate",
)
AXES = ("step", "layer", "log10", "class", "block", "length", "at", "log_rate")


@dataclass(frozen=True)
class Picture:
    """Describe a PNG; `quantity` is the key of its words, `limits` are the ends of its scale."""

    kind: str
    arms: list[str]
    label: str
    quantity: str
    x: str
    step: int | None = None
    limits: tuple[float, float] | None = None
    log: bool = False

    def words(self, code: str) -> download.ChartText:
        title = translate(code, self.quantity)
        if self.step is not None:
            title += f" · {translate(code, 'chart.at_step', step=self.step)}"
        title += f" · {data_name(self.label, code)}"
        axes = {key: translate(code, f"chart.{key}") for key in AXES}
        value = translate(code, self.quantity)
        return download.ChartText(title, arm_names(self.arms, code), {**axes, "value": value})


def table_and_files(frame: pd.DataFrame, picture: Picture, file: str = "") -> None:
    """Draw the numbers of a chart, folded up. Nothing is made until it is opened."""
    folded = st.expander(t("chart.table"), key=f"lab_table_{picture.kind}", on_change="rerun")
    if not folded.open:
        return
    with folded:
        titles = {name: t(f"chart.{name}") for name in COLUMNS} | _of_arms(frame, picture.arms)
        shown = frame
        if "arm" in frame:
            shown = frame.assign(arm=frame["arm"].map(arm_names(picture.arms)))
        st.dataframe(shown.rename(columns=titles), hide_index=True, height=240)
        with st.container(horizontal=True):
            _files(frame, picture, file or picture.kind)


def _of_arms(frame: pd.DataFrame, arms: list[str]) -> dict[str, str]:
    """Return what the columns of the arms are called, those of single seeds ("arm #0") too."""
    names, found = arm_names(arms), {}
    for column in map(str, frame.columns):
        arm, space, rest = column.partition(" ")
        if arm in names:
            found[column] = names[arm] + space + rest
    return found


def _files(frame: pd.DataFrame, picture: Picture, file: str) -> None:
    code = language()  # read now: the picture is drawn later, outside the session
    st.download_button(
        "CSV", download.csv(frame), f"{file}.csv", key=f"csv_{picture.kind}", on_click="ignore"
    )
    made_file(
        "PNG",
        lambda: _png(frame, picture, code),
        f"{file}.png",
        "image/png",
        key=f"png_{picture.kind}",
    )


def _png(frame: pd.DataFrame, picture: Picture, code: str) -> bytes:
    """Return the picture, in English if no font of this machine has Chinese."""
    words = picture.words(code if download.can_write(code) else "en")
    if picture.kind == "heat":
        return download.heat_png(frame, picture.limits or (0.0, 1.0), words)
    if picture.kind == "classes":
        return download.bars_png(frame, words)
    return download.lines_png(frame, picture.x, picture.limits, picture.log, words)
