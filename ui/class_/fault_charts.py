"""Draw bars of what a class gets wrong, each with its table of numbers."""

from collections.abc import Sequence

import streamlit as st

from study.classroom.faults import Share
from ui.charts.palette import COLOURS
from ui.shell.i18n import t

SHOWN = 10


def shares(found: Sequence[Share], names: dict[str, str], key: str, title: str) -> None:
    """Draw the share of wrong answers of the worst entries, and their number of answers."""
    values = [
        {
            "name": names[one.key],
            "share": round(one.share, 3),
            "wrong": one.wrong,
            "asked": one.asked,
            "learners": one.learners,
        }
        for one in found[:SHOWN]
    ]
    spec = {
        "height": {"step": 30},
        "data": {"values": values},
        "mark": {"type": "bar", "color": COLOURS[0]},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 200},
            },
            "x": {
                "field": "share",
                "type": "quantitative",
                "title": t("class.share_wrong"),
                "scale": {"domain": [0, 1]},
                "axis": {"format": ".0%"},
            },
            "tooltip": [{"field": name} for name in ("name", "wrong", "asked", "learners")],
        },
    }
    st.vega_lite_chart(spec, key=f"class_{key}", alt=title)
    with st.expander(t("chart.table")):
        st.dataframe(
            [
                {
                    t("class.what"): one["name"],
                    t("class.wrong"): one["wrong"],
                    t("class.asked"): one["asked"],
                    t("class.by"): one["learners"],
                }
                for one in values
            ],
            hide_index=True,
            width="stretch",
        )
