"""Read a chart of a real run or record, and choose what it says."""

import json
from functools import cache

import pandas as pd
import streamlit as st

from resnet_core import claims
from study.bank.question import Bank, Item, Question
from study.practice import recorded_curves
from ui.charts.palette import COLOURS
from ui.charts.training import recorded
from ui.quiz.forms import choosing
from ui.shell.i18n import known, t


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the chart and the options. Return the chosen key, or None."""
    draw(item, key)
    return choosing.ask(item, question, bank, key)


def draw(item: Item, key: str) -> None:
    """Draw the record that `run` names: that of a claim, or the curves of a run."""
    name = str(item.facts["run"]).removeprefix("records/").removesuffix(".json")
    kept = _kept(name)
    shown, spec = _seeds(kept) if "values" in kept else _curves(kept, item.facts)
    st.vega_lite_chart(shown, spec, key=f"chart_{key}", alt=t("quiz.chart"))
    st.caption(t("quiz.chart_of", data=kept["data"]))


@cache
def _kept(name: str) -> dict:
    return json.loads((claims.RECORDS / f"{name}.json").read_text("utf-8"))


def _seeds(kept: dict) -> tuple[pd.DataFrame, dict]:
    """Return one point for each seed, and the spec, which marks the threshold of the claim."""
    shown = pd.DataFrame({"seed": kept["seeds"], "value": kept["values"]})
    value = {"type": "quantitative", "title": t("quiz.chart_value")}
    spec = {
        "height": recorded.HEIGHT,
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
    return shown, spec


def _curves(kept: dict, facts: dict) -> tuple[pd.DataFrame, dict]:
    """Return one line for each arm, the loss by step or ||dL/dx|| at step 0 by layer, and the spec.

    `quantity` of the item's facts says which; it is the loss by default.
    """
    names = {arm: _named(arm) for arm in kept["arms"]}
    if facts.get("quantity") == "input_gradient":
        norms = {arm: series["input_gradient"] for arm, series in kept["arms"].items()}
        lines = {arm: list(enumerate(values, start=1)) for arm, values in norms.items()}
        spec = recorded.chart(names, t("quiz.chart_layer"), t("quiz.chart_flow"), log=True)
    else:
        lines = {arm: recorded_curves.loss_line(series) for arm, series in kept["arms"].items()}
        spec = recorded.chart(names, t("quiz.chart_step"), t("quiz.chart_loss"))
    return recorded.frame(lines, names), spec


def _named(arm: str) -> str:
    return t(f"arm.{arm}") if known(f"arm.{arm}") else arm
