"""Draw the charts of the progress page, each with a fixed spec and a table of its numbers.

The page itself says how to read them.
"""

from datetime import date

import streamlit as st

from study.scheduling.statistics import Calibration, Cell, Retention
from ui.charts.palette import COLOURS
from ui.shell.i18n import t

LINE = {"type": "line", "color": COLOURS[0]}


def bars(counts: dict[str, dict[str, int]], names: dict[str, str], title: str, key: str) -> None:
    """Draw one bar a day, stacked by kind."""
    values = [
        {"day": day, "kind": names[kind], "count": count}
        for day, kinds in counts.items()
        for kind, count in kinds.items()
    ]
    shown = list(names.values())
    spec = {
        "height": 180 if len(shown) == 1 else 240,  # with the legend
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "day",
                "type": "ordinal",
                "title": None,
                "sort": None,
                "axis": {"labelOverlap": True, "labelAngle": 0},
            },
            "y": {
                "field": "count",
                "type": "quantitative",
                "title": None,
                "axis": {"tickMinStep": 1},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "title": None,
                "scale": {"domain": shown, "range": list(COLOURS[: len(shown)])},
                "legend": {"orient": "top"} if len(shown) > 1 else None,
            },
            "tooltip": [{"field": "day"}, {"field": "kind"}, {"field": "count"}],
        },
    }
    st.vega_lite_chart(spec, key=f"progress_{key}", alt=title)
    _table(
        [{"day": day, **{names[k]: n for k, n in kinds.items()}} for day, kinds in counts.items()]
    )


def _on_grey() -> str:
    """Return a colour that can be read on the grey of an unseen cell, which is transparent."""
    return "#b8b8b8" if st.context.theme.type == "dark" else "#595959"


def topic_map(cells: list[Cell], titles: dict[str, str]) -> None:
    """Draw a square for each topic and level: colour is recall, the text is how many were seen."""
    values = [
        {
            "topic": titles.get(cell.topic, cell.topic),
            "level": str(cell.level),
            "recall": round(cell.recall, 3),
            "unseen": cell.seen == 0,
            "seen": f"{cell.seen}/{cell.items}",
            "dark": cell.seen > 0 and cell.recall < 0.55,
        }
        for cell in cells
    ]
    topics = [title for title in titles.values() if any(v["topic"] == title for v in values)]
    place = {
        "x": {
            "field": "level",
            "type": "ordinal",
            "title": t("progress.level"),
            "axis": {"labelAngle": 0, "orient": "top"},
        },
        "y": {
            "field": "topic",
            "type": "ordinal",
            "title": None,
            "sort": topics,
            "axis": {"labelLimit": 150},
        },
    }
    colour = {
        "condition": {"test": "datum.unseen", "value": "#88888833"},
        "field": "recall",
        "type": "quantitative",
        "title": t("progress.recall"),
        "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": {"format": ".0%", "orient": "bottom"},
    }
    seen = {"type": "text", "fontSize": 12}
    spec = {
        "height": {"step": 34},
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "rect", "cornerRadius": 3}, "encoding": {**place, "color": colour}},
            {
                "mark": seen,
                "encoding": {
                    **place,
                    "text": {"field": "seen"},
                    "color": {
                        "condition": [
                            {"test": "datum.unseen", "value": _on_grey()},
                            {"test": "datum.dark", "value": "white"},
                        ],
                        "value": "black",
                    },
                },
            },
        ],
    }
    st.vega_lite_chart(spec, key="progress_map", alt=t("progress.topics"))
    _table(
        [
            {
                t("progress.topic"): v["topic"],
                t("progress.level"): v["level"],
                t("progress.seen"): v["seen"],
                t("progress.recall"): None if v["unseen"] else v["recall"],
            }
            for v in values
        ]
    )


def calibration(found: Calibration) -> None:
    """Draw stated against actual shares. Below the dashed line the learner was overconfident."""
    values = [
        {"stated": stated, "right": right, "answers": answers}
        for stated, right, answers in found.bins
    ]
    axis = {"format": ".0%"}
    x = {
        "type": "quantitative",
        "title": t("progress.stated"),
        "scale": {"domain": [0.45, 1.05]},
        "axis": {**axis, "values": [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]},
    }
    y = {"type": "quantitative", "title": t("progress.right"), "scale": {"domain": [0, 1]}}
    spec = {
        "height": 260,
        "layer": [
            {
                "data": {"values": [{"x": 0.5, "y": 0.5}, {"x": 1, "y": 1}]},
                "mark": {"type": "line", "strokeDash": [4, 4], "color": "#888"},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
            },
            {
                "data": {"values": values},
                "mark": {
                    "type": "line",
                    "color": COLOURS[0],
                    "point": {"filled": True, "size": 90},
                },
                "encoding": {
                    "x": {**x, "field": "stated"},
                    "y": {**y, "field": "right", "axis": axis},
                    "tooltip": [{"field": name} for name in ("stated", "right", "answers")],
                },
            },
        ],
    }
    st.vega_lite_chart(spec, key="progress_calibration", alt=t("progress.calibration"))
    _table(
        [
            {
                t("progress.stated"): f"{v['stated']:.0%}",
                t("progress.right"): f"{v['right']:.0%}",
                t("progress.answers"): v["answers"],
            }
            for v in values
        ]
    )


def retention(weeks: dict[date, Retention], aim: float) -> None:
    """Draw the share of known items recalled in each week, and the plan's goal."""
    values = [
        {"week": week.isoformat()[5:], "share": found.share, "answers": found.answers}
        for week, found in weeks.items()
    ]
    y = {"type": "quantitative", "title": None, "scale": {"domain": [0, 1]}}
    spec = {
        "height": 180,
        "layer": [
            {
                "data": {"values": values},
                "mark": {
                    "type": "line",
                    "color": COLOURS[0],
                    "point": {"filled": True, "size": 60},
                },
                "encoding": {
                    "x": {
                        "field": "week",
                        "type": "ordinal",
                        "title": None,
                        "sort": None,
                        "axis": {"labelAngle": 0},
                    },
                    "y": {**y, "field": "share", "axis": {"format": ".0%"}},
                    "tooltip": [{"field": name} for name in ("week", "share", "answers")],
                },
            },
            {
                "data": {"values": [{"aim": aim}]},  # without data of its own it is not drawn
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": "#888"},
                "encoding": {"y": {**y, "field": "aim"}},
            },
        ],
    }
    st.vega_lite_chart(spec, key="progress_retention", alt=t("progress.retention"))


def _table(rows: list[dict]) -> None:
    with st.expander(t("chart.table")):
        st.dataframe(rows, hide_index=True)
