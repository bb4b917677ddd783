"""Read a chart of a real run or record, and choose what it says."""

import json
from functools import cache

import streamlit as st

from resnet_core import claims
from study.question import Bank, Item, Question
from ui.charts.palette import COLOURS
from ui.forms import choosing
from ui.texts import t


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    draw(item, key)
    return choosing.ask(item, question, bank, key)


def draw(item: Item, key: str) -> None:
    """`run` names a file of resnet_core/records: a claim's record, or curves by arm."""
    kept = _kept(str(item.facts["run"]).removeprefix("records/").removesuffix(".json"))
    spec, values = _seeds(kept) if "values" in kept else _curves(kept, item.facts)
    st.vega_lite_chart(
        {**spec, "data": {"values": values}}, key=f"chart_{key}", alt=t("quiz.chart")
    )
    st.caption(t("quiz.chart_of", data=kept.get("data", "")))


@cache
def _kept(name: str) -> dict:
    return json.loads((claims.RECORDS / f"{name}.json").read_text("utf-8"))


def _seeds(kept: dict) -> tuple[dict, list[dict]]:
    """One point a seed, and the threshold of the claim."""
    values = [
        {"seed": seed, "value": value}
        for seed, value in zip(kept["seeds"], kept["values"], strict=True)
    ]
    value = {"type": "quantitative", "title": t("quiz.chart_value")}
    spec = {
        "height": 260,
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
    """A line an arm, of the quantity the item names."""
    quantity = str(facts.get("quantity", "loss"))
    values = [
        {"arm": arm, "step": step, "value": value}
        for arm, series in kept["arms"].items()
        for step, value in zip(series["step"], series[quantity], strict=True)
    ]
    arms = list(kept["arms"])
    colour = {"domain": arms, "range": list(COLOURS[: len(arms)])}
    scale = {"type": "log"} if facts.get("log") else {"zero": False}
    arm = {"field": "arm", "type": "nominal", "title": None}
    spec = {
        "height": 300,
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "step", "type": "quantitative", "title": t("quiz.chart_step")},
            "y": {"field": "value", "type": "quantitative", "title": quantity, "scale": scale},
            "color": {**arm, "scale": colour, "legend": {"orient": "top"}},
            "strokeDash": {**arm, "legend": None},
        },
    }
    return spec, values
