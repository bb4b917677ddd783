"""What a class predicted, as bars of counts: nobody sees whose they are."""

import streamlit as st

from study.classroom.demonstrations import EQUAL, Demonstration
from ui.charts.palette import COLOURS, MARK
from ui.lab import prediction
from ui.shell.i18n import t

BAR_PX = 26


def tally(shown: Demonstration, arms: list[str], came: str = "") -> None:
    """Draw how many predicted what; with `came`, which of it came true and how many said so."""
    every = sum(shown.counts.values())
    if not every:
        st.caption(t("class.live_nobody"))
        return
    values = [
        {
            "choice": ("✔ " if choice == came else "") + prediction.choice_word(choice, arms),
            "count": shown.counts.get(choice, 0),
        }
        for choice in (*arms, EQUAL)
    ]
    names = [one["choice"] for one in values]
    place = {"field": "choice", "type": "nominal", "sort": None, "title": None}
    amount = {"field": "count", "type": "quantitative"}
    spec = {
        "height": {"step": BAR_PX},
        "data": {"values": values},
        "encoding": {
            "y": {**place, "axis": {"labelLimit": 200, "ticks": False, "domain": False}},
            "x": {**amount, "axis": None, "scale": {"domain": [0, every * 1.1]}},
        },
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": {
                        "field": "choice",
                        "scale": {"domain": names, "range": [*COLOURS[: len(arms)], MARK]},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": MARK},
                "encoding": {"text": amount},
            },
        ],
        "config": {"view": {"stroke": None}},
    }
    said = t("class.live_said", count=every)
    st.caption(said)
    st.vega_lite_chart(spec, key="class_live_tally", width="stretch", alt=said)
    if came:
        right = shown.counts.get(came, 0)
        st.markdown(t("class.live_right", right=right, count=every))
