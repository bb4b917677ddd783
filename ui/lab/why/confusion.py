"""Draw what nets take for what: the matrix, how sure they are, each class, and the worst mistakes.

The nets stand side by side, on a phone one below the other.
"""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import classes
from resnet_core.diagnosis.why import Figures
from ui.charts import download
from ui.charts.diagnostics import calibration, why_more
from ui.lab.labels import class_name
from ui.shell.i18n import t

Found = Mapping[str, Figures]
Names = dict[str, str]
SHARES = ("recall", "precision", "f1")


def confusion(found: Found, names: Names, past: runs.History) -> None:
    """Draw everything that the diagnostic found."""
    known = [class_name(name) for name in (past.started or {})["data"].get("class_names", [])]
    most = max(len(figures["matrix"]) for figures in found.values())
    called = [known[k] if k < len(known) else str(k) for k in range(most)]
    for place, (arm, figures) in zip(st.columns(len(found)), found.items(), strict=True):
        with place:
            _matrix(arm, figures, names[arm], called)
    st.caption(t("why.confusion_matrix_read"))
    left, right = st.columns(2)
    with left:
        _calibration(found, names)
    with right:
        _by_class(found, names, called)
    st.subheader(t("why.wrong"), anchor=False)
    for place, (arm, figures) in zip(st.columns(len(found)), found.items(), strict=True):
        with place:
            _wrong(figures, names[arm], called)
    st.caption(t("why.wrong_read"))


def _matrix(arm: str, figures: Figures, name: str, called: list[str]) -> None:
    titles = {key: t(f"chart.{key}") for key in ("truth", "said", "images", "share")}
    frame = why_more.confusion(figures, called)
    spec = why_more.confusion_map(name, titles, list(dict.fromkeys(frame["truth"])))
    alternative = t("alt.why_confusion")
    key = f"chart_why_confusion_{arm}"
    st.vega_lite_chart(frame, spec, key=key, width="stretch", alt=alternative)


def _calibration(found: Found, names: Names) -> None:
    st.subheader(t("why.calibration"), anchor=False)
    frame = calibration.table(found)
    shown = frame.assign(arm=frame["arm"].map(names))
    titles = {key: t(f"chart.{key}") for key in ("arm", "images")}
    titles |= {key: t(f"why.calibration_{key}") for key in ("confidence", "accuracy")}
    st.vega_lite_chart(
        shown,
        calibration.spec(names, titles),
        key="chart_why_calibration",
        width="stretch",
        alt=t("alt.why_calibration"),
    )
    told = [
        t(
            "why.calibration_of",
            arm=names[arm],
            right=f"{100 * figures['accuracy']:.1f}",
            sure=f"{100 * classes.mean_confidence(figures):.1f}",
            off=f"{100 * figures['calibration_error']:.1f}",
        )
        for arm, figures in found.items()
    ]
    st.caption("  \n".join([t("why.calibration_read"), *told]))
    _table(frame, shown.rename(columns=titles), "calibration")


def _by_class(found: Found, names: Names, called: list[str]) -> None:
    st.subheader(t("why.by_class"), anchor=False)
    # The name of a net stands above its three columns: both in one head would be cut.
    shown, plain = {("", t("chart.class")): called}, pd.DataFrame({"class": called})
    for arm, figures in found.items():
        of = classes.by_class(figures)
        for share in SHARES:
            values = pd.Series([getattr(one, share) for one in of], dtype="float64")
            plain[f"{arm} {share}"] = values
            shown[names[arm], t(f"why.class_{share}")] = 100 * values
    percent = st.column_config.NumberColumn(format="%.0f %%")
    columns = dict.fromkeys(range(2, len(shown) + 1), percent)  # after the index and the class
    st.dataframe(pd.DataFrame(shown), hide_index=True, column_config=columns, height="content")
    st.caption(t("why.by_class_read"))
    st.download_button(
        "CSV", download.csv(plain), "classes.csv", key="csv_why_classes", on_click="ignore"
    )


def _table(frame: pd.DataFrame, shown: pd.DataFrame, name: str) -> None:
    """Draw the numbers of a chart, folded up."""
    folded = st.expander(t("chart.table"), key=f"lab_table_why_{name}", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.dataframe(shown, hide_index=True, height=240)
        st.download_button(
            "CSV", download.csv(frame), f"{name}.csv", key=f"csv_why_{name}", on_click="ignore"
        )


def _wrong(figures: Figures, name: str, called: list[str]) -> None:
    """Draw the mistakes of which a net was most sure, each with its image."""
    pictured = [one for one in figures["wrong"] if "png" in one]
    st.markdown(f"**{name}**")
    if not pictured:
        st.caption(t("why.wrong_none" if not figures["wrong"] else "why.wrong_old"))
        return
    st.html(f"<ul class='wrong-images'>{''.join(_one(wrong, called) for wrong in pictured)}</ul>")


def _one(wrong: Mapping[str, object], called: list[str]) -> str:
    """Return one image with what it shows, what was said and how surely, as HTML."""
    said, truth = (_called(int(str(wrong[key])), called) for key in ("said", "is"))
    sure = f"{100 * float(str(wrong['sure'])):.0f} %"
    alternative = t("why.wrong_alt", number=wrong["image"], truth=truth, said=said, sure=sure)
    return (
        f"<li><img src='data:image/png;base64,{wrong['png']}' alt='{escape(alternative)}'"
        f" title='{escape(alternative)}'>"
        f"<span class='truth'>{escape(truth)}</span>"
        f"<span class='said'>{escape(said)}</span><span class='sure'>{sure}</span></li>"
    )


def _called(number: int, called: list[str]) -> str:
    return called[number] if number < len(called) else str(number)
