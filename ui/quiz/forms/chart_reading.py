"""Read a chart of a real run or record, and choose what it says."""

import json
from functools import cache

import streamlit as st

from resnet_core import claims
from study.bank.question import Bank, Item, Question
from study.practice import recorded_curves
from ui.charts.palette import COLOURS
from ui.quiz.forms import choosing
from ui.shell.i18n import known, t

HEIGHT = 280  # with the legend and the axis


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the chart and the options. Return the chosen key, or None."""
    draw(item, key)
    return choosing.ask(item, question, bank, key)


def draw(item: Item, key: str) -> None:
    """Draw the record that `run` names: that of a claim, or the curves of a run."""
    name = str(item.facts["run"]).removeprefix("records/").removesuffix(".json")
    kept = _kept(name)
    spec, values = _seeds(kept) if "values" in kept else _curves(kept, item.facts)
    chart = {**spec, "data": {"values": values}}
    st.vega_lite_chart(chart, key=f"chart_{key}", alt=t("quiz.chart"))
    st.caption(t("quiz.chart_of", data=kept["data"]))


@cache
def _kept(name: str) -> dict:
    return json.loads((claims.RECORDS / f"{name}.json").read_text("utf-8"))


def _seeds(kept: dict) -> tuple[dict, list[dict]]:
    """Draw one point for each seed, and the threshold of the claim."""
    values = [
        {"seed": seed, "value": value}
        for seed, value in zip(kept["seeds"], kept["values"], strict=True)
    ]
    value = {"type": "quantitative", "title": t("quiz.chart_value")}
    spec = {
        "height": HEIGHT,
        "layer": [
            {
                "mark": {"type": "point", "filled": True, "size": 110, "color": COLOURS[0]},
                "encoding": {
                    "x": {"field": "seed", "type": "ordinal", "title": t("quiz.chart_seed")},
                    "y": {**value, "field": "value", "scale": {"zero": True}},
                },
            },
            {
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": COLOURS[1]},
                "encoding": {"y": {"datum": kept["threshold"]}},
            },
        ],
    }
    return spec, values


def _curves(kept: dict, facts: dict) -> tuple[dict, list[dict]]:
    """Draw one line for each arm: the loss by step, or ||dL/dx|| at step 0 by layer."""
    quantity = str(facts.get("quantity", "loss"))
    values = [
        {"arm": _named(arm), "x": x, "value": value}
        for arm, series in kept["arms"].items()
        for x, value in _points(series, quantity)
    ]
    flow = quantity == "input_gradient"
    arms = [_named(arm) for arm in kept["arms"]]
    arm = {"field": "arm", "type": "nominal", "title": None}
    x = {"title": t("quiz.chart_layer") if flow else t("quiz.chart_step"), "type": "quantitative"}
    y = {"title": t("quiz.chart_flow") if flow else t("quiz.chart_loss"), "type": "quantitative"}
    spec = {
        "height": HEIGHT,
        "mark": {"type": "line", "strokeWidth": 2, "clip": True},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "value", "scale": {"type": "log"} if flow else {"zero": False}},
            "color": {
                **arm,
                "scale": {"domain": arms, "range": list(COLOURS[: len(arms)])},
                "legend": {"orient": "top"},
            },
            "strokeDash": {**arm, "scale": {"domain": arms}, "legend": None},
        },
    }
    return spec, values


def _named(arm: str) -> str:
    return t(f"arm.{arm}") if known(f"arm.{arm}") else arm


def _points(series: dict, quantity: str) -> list[tuple[int, float]]:
    if quantity == "input_gradient":
        return list(enumerate(series[quantity], start=1))
    return list(zip(series["step"], recorded_curves.smooth(series["loss"]), strict=True))
