"""The charts of a run: loss, accuracy, gradient flow, heat-maps.

What lies folded up is not drawn: a running run sends its charts once a second.
"""

import pandas as pd
import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import readings
from resnet_core.experiment.config import QUANTITIES
from ui.charts import curves, flow, heatmap
from ui.lab.chart_data import Picture, behind
from ui.lab.labels import arm_names, data_name
from ui.shell.i18n import named, t, word
from ui.shell.outside import as_text

LOSS_TOP = 4.0


def pictures(run: runs.Run, past: runs.History) -> None:
    names = arm_names(list(run.experiment.arms))
    left, right = st.columns(2)
    with left:
        _loss(run, past, names)
    with right:
        _accuracy(run, past, names)
    _flow(past, names)
    _heatmaps(past, names)


def _label(past: runs.History) -> str:
    return past.started["data"]["label"]


def _data(past: runs.History) -> str:
    return t("chart.data", data=as_text(data_name(_label(past))))


def _loss(run: runs.Run, past: runs.History, names: dict[str, str]) -> None:
    st.subheader(t("chart.loss"), anchor=False)
    frame = curves.table(past, list(names), "loss")
    limits = curves.floor(frame, list(names), LOSS_TOP), LOSS_TOP
    _curve(run, frame, names, "loss", limits)
    st.caption(f"{t('chart.loss_read')} {_data(past)}")
    picture = Picture("loss", list(names), _label(past), "chart.loss", "step", limits=limits)
    behind(frame, picture)


def _accuracy(run: runs.Run, past: runs.History, names: dict[str, str]) -> None:
    st.subheader(t("chart.accuracy"), anchor=False)
    frame = curves.table(past, list(names), "accuracy")
    limits = 0.0, 1.0 if frame[list(names)].max().max() > 0.5 else 0.5
    _curve(run, frame, names, "accuracy", limits)
    lines = [
        t(
            "chart.test_accuracy",
            arm=name,
            percent=f"{100 * event['accuracy']:.1f}",
            images=event["images"],
            step=event["step"],
        )
        for arm, name in names.items()
        for event in past.of("eval", arm)[-1:]
    ]
    if lines:
        lines.append(t("chart.paper_accuracy", steps=run.experiment.train.steps))
    st.caption("  \n".join([f"{t('chart.accuracy_read')} {_data(past)}", *lines]))
    label = _label(past)
    behind(frame, Picture("accuracy", list(names), label, "chart.accuracy", "step", limits=limits))


def _curve(
    run: runs.Run,
    frame: pd.DataFrame,
    names: dict[str, str],
    quantity: str,
    limits: tuple[float, float],
) -> None:
    now = int(frame["step"].max()) if len(frame) else 0
    spec = curves.spec(
        list(names.values()),
        t(f"chart.{quantity}"),
        t("chart.step"),
        domain=list(limits),
        end=curves.reach(now, run.experiment.train.steps),
        arm_title=t("chart.arm"),
    )
    _chart(frame.rename(columns=names), spec, quantity)


def _flow(past: runs.History, names: dict[str, str]) -> None:
    st.subheader(t("chart.flow"), anchor=False)
    by_step = {arm: {e["step"]: e for e in past.of("flow", arm)} for arm in names}
    steps = sorted(set.intersection(*(set(events) for events in by_step.values())))
    if not steps:
        return
    quantity = st.segmented_control(
        t("chart.quantity"),
        QUANTITIES,
        default="weight_gradient",
        required=True,
        format_func=named("chart."),
        key="lab_quantity",
    )
    step = _scrubber(steps)
    layers = past.started["arms"][next(iter(names))]["layers"]
    frame = flow.table(layers, {arm: by_step[arm][step][quantity] for arm in names})
    ends = None if quantity in flow.LINEAR else heatmap.domain(past, quantity)
    shown = flow.clipped(frame, list(names), ends) if ends else frame
    titles = {key: t(f"chart.{key}") for key in ("layer", "name", "arm")}
    spec = flow.spec(list(names.values()), titles | {"value": t(f"chart.{quantity}")}, ends)
    _chart(shown.rename(columns=names), spec, "flow")
    st.caption(f"{t(f'chart.{quantity}_read')} {_data(past)}")
    _readings({name: by_step[arm][step] for arm, name in names.items()}, step)
    behind(
        frame,
        Picture("flow", list(names), _label(past), f"chart.{quantity}", "layer", step, ends),
        f"{quantity}-step-{step}",
    )


def _readings(flows: dict[str, dict], step: int) -> None:
    """A verdict for each arm, then the rules that gave them."""
    at = t("chart.at_step", step=step)
    read = {name: readings.gradient_flow(event) for name, event in flows.items()}
    st.markdown("\n".join(f"- **{name}** · {at} · {word(r.words)}" for name, r in read.items()))
    rules = dict.fromkeys(word(reading.rule) for reading in read.values())
    st.caption("  \n".join(rules))


def _scrubber(steps: list[int]) -> int:
    """The newest step while that is followed, else the one that was gone to."""
    if len(steps) == 1:
        return steps[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        follow = st.toggle(t("chart.follow"), True, key="lab_follow")
        st.button(t("chart.step_0"), key="lab_step_0", on_click=_go_to, args=(steps[0],))
    at = steps[-1] if follow else st.session_state.get("lab_at", steps[0])
    st.session_state["lab_at"] = min(steps, key=lambda step: abs(step - at))
    return st.select_slider(t("chart.step"), steps, key="lab_at", disabled=follow)


def _go_to(step: int) -> None:
    st.session_state["lab_follow"] = False
    st.session_state["lab_at"] = step


def _heatmaps(past: runs.History, names: dict[str, str]) -> None:
    folded = st.expander(t("chart.heatmap"), key="lab_heat", on_change="rerun")
    if not folded.open:
        return
    with folded:
        titles = {key: t(f"chart.{key}") for key in ("step", "layer", "log10")}
        ends = heatmap.domain(past, "weight_gradient")
        frames = {arm: heatmap.table(past, arm, "weight_gradient", ends) for arm in names}
        for arm, frame in frames.items():
            _chart(frame, heatmap.spec(names[arm], titles, ends), f"heat_{arm}")
        st.caption(f"{t('chart.heatmap_read')} {_data(past)}")
    picture = Picture("heat", list(names), _label(past), "chart.heatmap", "step", None, ends)
    behind(heatmap.rows(frames), picture, "heat-map")


def _chart(frame: pd.DataFrame, spec: dict, name: str) -> None:
    st.vega_lite_chart(
        frame, spec, key=f"chart_{name}", width="stretch", alt=t(f"alt.{name.split('_')[0]}")
    )
