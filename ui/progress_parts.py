"""The parts of the progress page; each says what it is when there is nothing to show yet."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from study import progress as figures
from study import schedule
from study.question import Bank
from study.store import Row
from ui import house
from ui.charts.palette import COLOURS
from ui.keeping import the_store
from ui.knowledge import the_bank
from ui.texts import of, t


def progress() -> None:
    store, bank = the_store(), the_bank()
    if store is None:
        return
    rows = store.rows()
    if not figures.reviews(rows):
        st.info(t("progress.empty"))
        house.link("quiz", t("today.start"))
        return
    _readiness(rows, bank)
    _topics(rows, bank)
    _days(rows)
    _calibration(rows)


def _readiness(rows: list[Row], bank: Bank) -> None:
    plan, now = schedule.plan_of(rows), datetime.now(UTC)
    ids = [item.id for item in bank.items]
    days = figures.per_day(rows)
    with st.container(horizontal=True):
        st.metric(t("progress.answers"), sum(total for total, _ in days.values()))
        st.metric(t("progress.days"), len(days))
        now_share = schedule.readiness(ids, rows, now)
        st.metric(t("progress.today"), f"{100 * now_share:.0f} %", help=t("progress.today_help"))
        if plan.interview:
            day = datetime.combine(plan.interview, now.timetz())
            share = schedule.readiness(ids, rows, max(day, now))
            st.metric(t("progress.then"), f"{100 * share:.0f} %", help=t("progress.then_help"))


def _topics(rows: list[Row], bank: Bank) -> None:
    st.subheader(t("progress.topics"), anchor=False)
    plan, known, now = schedule.plan_of(rows), schedule.states(rows), datetime.now(UTC)
    table = []
    for topic, title in bank.topics.items():
        items = [item.id for q in bank.questions if q.topic == topic for item in q.items]
        if not items:
            continue
        chances = [schedule.retrievability(known[i], now, plan) for i in items if i in known]
        table.append(
            {
                t("progress.topic"): of(title),
                t("progress.items"): len(items),
                t("progress.seen"): sum(known[i].reviews > 0 for i in items if i in known),
                t("progress.recall"): f"{100 * sum(chances) / len(items):.0f} %",
                t("progress.lapses"): sum(known[i].lapses for i in items if i in known),
            }
        )
    st.dataframe(pd.DataFrame(table), hide_index=True)


def _days(rows: list[Row]) -> None:
    today = datetime.now().astimezone().date()
    st.subheader(t("progress.history"), anchor=False)
    days = figures.per_day(rows)
    first = max(min(days), today - timedelta(days=60))
    span = [first + timedelta(days=k) for k in range((today - first).days + 1)]
    done = pd.DataFrame(
        {
            "day": [day.isoformat() for day in span],
            "right": [days.get(day, (0, 0))[1] for day in span],
            "wrong": [days.get(day, (0, 0))[0] - days.get(day, (0, 0))[1] for day in span],
        }
    )
    _bars(done, ["right", "wrong"], t("progress.history"))
    st.subheader(t("progress.forecast"), anchor=False)
    ahead = figures.forecast(rows, today)
    due = pd.DataFrame({"day": [d.isoformat() for d in ahead], "due": list(ahead.values())})
    _bars(due, ["due"], t("progress.forecast"))


def _bars(frame: pd.DataFrame, columns: list[str], title: str) -> None:
    spec = {
        "height": 180,
        "transform": [{"fold": columns, "as": ["kind", "count"]}],
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "day", "type": "ordinal", "title": None, "axis": {"labelOverlap": True}},
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
                "scale": {"domain": columns, "range": list(COLOURS[: len(columns)])},
                "legend": {"orient": "top"} if len(columns) > 1 else None,
            },
        },
    }
    st.vega_lite_chart(frame, spec, alt=title)
    with st.expander(t("chart.table")):
        st.dataframe(frame, hide_index=True)


def _calibration(rows: list[Row]) -> None:
    found = figures.calibration(rows)
    if found is None:
        return
    st.subheader(t("progress.calibration"), anchor=False)
    st.markdown(t("progress.brier", brier=f"{found.brier:.3f}", answers=found.answers))
    frame = pd.DataFrame(found.bins, columns=["stated", "right", "answers"])
    spec = {
        "height": 240,
        "layer": [
            {
                "data": {"values": [{"x": 0.5, "y": 0.5}, {"x": 1, "y": 1}]},
                "mark": {"type": "line", "strokeDash": [4, 4], "color": "#888"},
                "encoding": {
                    "x": {"field": "x", "type": "quantitative"},
                    "y": {"field": "y", "type": "quantitative"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "color": COLOURS[0]},
                "encoding": {
                    "x": {
                        "field": "stated",
                        "type": "quantitative",
                        "title": t("progress.stated"),
                        "scale": {"domain": [0.45, 1.05]},
                        "axis": {"format": "%"},
                    },
                    "y": {
                        "field": "right",
                        "type": "quantitative",
                        "title": t("progress.right"),
                        "scale": {"domain": [0, 1]},
                        "axis": {"format": "%"},
                    },
                    "size": {"field": "answers", "type": "quantitative", "legend": None},
                    "tooltip": [{"field": "stated"}, {"field": "right"}, {"field": "answers"}],
                },
            },
        ],
    }
    st.vega_lite_chart(frame, spec, alt=t("progress.calibration"))
    st.caption(t("progress.calibration_read"))
