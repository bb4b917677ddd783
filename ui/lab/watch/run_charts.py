"""Draw the charts of a run: loss beside gradient flow, and below them the diagnostics as tabs.

A tab that is not open is not drawn, because a running run sends its charts once a second.
"""

import math
from collections.abc import Callable

import pandas as pd
import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import readings, rounding
from resnet_core.diagnosis.marks import marks
from resnet_core.experiment.config import QUANTITIES
from ui.charts import classes
from ui.charts.layers import flow, heatmap
from ui.charts.training import band, curves
from ui.lab.labels import arm_names, class_name, data_name
from ui.lab.watch import seed_curves
from ui.lab.watch.chart_data import Picture, table_and_files
from ui.lab.watch.living import living_blocks
from ui.lab.watch.verdict import accuracy_text, verdict
from ui.lab.why.tab import why_tab
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import named, t, word


def main_charts(run: runs.Run, past: runs.History, one: runs.History, status: runs.Status) -> None:
    """Draw the loss with its verdict, and the gradient flow beside them or, on a phone, below.

    `past` is the whole run, `one` the seed of which one net is shown.
    """
    names = arm_names(list(run.experiment.arms))
    left, right = st.columns(2)
    with left:
        _loss(run, past, names)
        verdict(run, past, status)
    with right:
        _flow(run, one, names)


def diagnostics(run: runs.Run, past: runs.History, one: runs.History, status: runs.Status) -> None:
    """Draw what explains a run, one tab at a time; `one` is the seed of which one net is shown."""
    names = arm_names(list(run.experiment.arms))
    drawers: dict[str, Callable[[], None]] = {
        "accuracy": lambda: _accuracy(run, past, one, names),
        "classes": lambda: _classes(one, names),
        "heatmap": lambda: _heatmaps(one, names),
        "why": lambda: why_tab(run, one, past.aside(_seed_of(run, one))),
        "block": lambda: living_blocks(run, past, status),
    }
    chosen = st.segmented_control(
        t("lab.diagnostics"),
        list(drawers),
        default="accuracy",
        required=True,
        format_func=named("lab.tab_"),
        key="lab_tab",
    )
    drawers[chosen]()
    if chosen in ("classes", "heatmap", "why"):
        st.caption(seed_curves.of_seed(run, one))


def _seed_of(run: runs.Run, one: runs.History) -> int:
    return run.experiment.seed if one.seed is None else one.seed


def _loss(run: runs.Run, past: runs.History, names: dict[str, str]) -> None:
    st.header(t("chart.loss"), anchor=False)
    frame = seed_curves.table(run, past, "loss")
    guess = math.log(next(iter(run.experiment.arms.values())).classes)
    ends = curves.loss_scale(frame, _of_losses(frame), guess)
    seed_curves.curve(run, past, names, "loss", ends, guess)
    read = t("chart.loss_read_log" if ends.log else "chart.loss_read", guess=f"{guess:.3f}")
    st.caption(f"{read} {seed_curves.how_to_read(run, past)} {_data(past)}")
    picture = _picture(
        past, names, "loss", "chart.loss", limits=(ends.low, ends.high), log=ends.log
    )
    table_and_files(frame, picture)


def _of_losses(frame: pd.DataFrame) -> list[str]:
    """Return the columns whose losses have to be in the frame: no steps and no deviations."""
    ends = ("±", band.DIVERGED)  # a seed that diverged would press the others flat
    return [name for name in frame.columns if name != "step" and not name.endswith(ends)]


def _accuracy(run: runs.Run, past: runs.History, one: runs.History, names: dict[str, str]) -> None:
    frame = seed_curves.table(run, past, "accuracy")
    top = 1.0 if frame[list(names)].max().max() > 0.5 else 0.5
    seed_curves.curve(run, past, names, "accuracy", curves.Scale(0.0, top))
    lines = seed_curves.accuracy_lines(run, past, names) or [
        t("chart.test_accuracy", arm=name, found=accuracy_text(event), step=event["step"])
        for arm, name in names.items()
        for event in one.of("eval", arm)[-1:]
    ]
    if lines and run.experiment.fine_tuning is None:  # the paper's nets learn all ten classes
        lines.append(t("chart.paper_accuracy", steps=run.experiment.train.steps))
    count = run.experiment.classes
    what = t("chart.accuracy_read", classes=count, guess=f"{1 / count:.2g}")
    read = f"{what} {seed_curves.how_to_read(run, past)} {_data(past)}"
    st.caption("  \n".join([read, *lines]))
    table_and_files(frame, _picture(past, names, "accuracy", "chart.accuracy", limits=(0.0, top)))


def _marks(past: runs.History) -> list[tuple[int, str]]:
    return [(mark.step, word(mark.words)) for mark in marks(past)]


def _flow(run: runs.Run, past: runs.History, names: dict[str, str]) -> None:
    st.header(t("chart.flow"), anchor=False)
    by_step = {arm: {e["step"]: e for e in past.of("flow", arm)} for arm in names}
    steps = sorted(set.intersection(*(set(events) for events in by_step.values())))
    facts = past.started["arms"]
    layers = {arm: facts[arm]["layers"] for arm in names if "layers" in facts.get(arm, {})}
    if not steps or len(layers) < len(names):
        return
    shown = st.empty()
    quantity, step = _choice(steps)
    flows = {arm: by_step[arm][step] for arm in names}
    frame = flow.table(layers, {arm: event[quantity] for arm, event in flows.items()})
    ends = None if quantity in flow.LINEAR else past.once(heatmap.domain, quantity)
    drawn = flow.clipped(frame, list(names), ends) if ends else frame
    titles = {key: t(f"chart.{key}") for key in ("layer", "name", "arm")}
    gaps = any(other != layers[next(iter(names))] for other in layers.values())
    spec = flow.spec(names, titles | {"value": t(f"chart.{quantity}")}, ends, gaps=gaps)
    with shown:
        _chart(drawn.rename(columns=names), spec, "flow")
    _readings(run, flows, names, step)
    of_seed = seed_curves.of_seed(run, past)
    st.caption(f"{t(f'chart.{quantity}_read')} {of_seed} {_data(past)}")
    limits = (10.0 ** ends[0], 10.0 ** ends[1]) if ends else None
    picture = _picture(
        past,
        names,
        "flow",
        f"chart.{quantity}",
        x="layer",
        step=step,
        limits=limits,
        log=ends is not None,
    )
    table_and_files(frame, picture, f"{quantity}-step-{step}")


def _choice(steps: list[int]) -> tuple[str, int]:
    """Return the quantity and the step that the learner looks at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        quantity = st.selectbox(
            t("chart.quantity"),
            QUANTITIES,
            format_func=named("chart."),
            key="lab_quantity",
            width=230,
        )
        step = _scrubber(steps)
    return quantity, step


def _readings(
    run: runs.Run, flows: dict[str, runs.Event], names: dict[str, str], step: int
) -> None:
    """Draw a verdict for each arm, with a caveat if rounding blurs it, and their rules."""
    at = t("chart.at_step", step=step)
    read = {arm: readings.gradient_flow(event) for arm, event in flows.items()}
    lines = []
    for arm, reading in read.items():
        precision = flows[arm].get("precision", run.experiment.train.precision)
        blur = rounding.rounding(run.experiment.arms[arm], precision)
        caveat = f" *{word(blur)}*" if blur else ""
        lines.append(f"- **{names[arm]}** · {at} · {word(reading.words)}{caveat}")
    st.markdown("\n".join(lines))
    rules = dict.fromkeys(word(reading.rule) for reading in read.values())
    st.caption("  \n".join(rules))


def _scrubber(steps: list[int]) -> int:
    """Return the newest step while it is followed, otherwise the step that was chosen."""
    if len(steps) == 1:
        return steps[0]
    st.button(t("chart.step_0"), key="lab_step_0", on_click=_go_to, args=(steps[0],))
    follow = st.toggle(t("chart.follow"), True, key="lab_follow")
    at = steps[-1] if follow else st.session_state.get("lab_at", steps[0])
    st.session_state["lab_at"] = min(steps, key=lambda step: abs(step - at))
    return st.select_slider(
        t("chart.step"), steps, key="lab_at", disabled=follow, label_visibility="collapsed"
    )


def _go_to(step: int) -> None:
    st.session_state["lab_follow"] = False
    st.session_state["lab_at"] = step


def _classes(past: runs.History, names: dict[str, str]) -> None:
    found = {arm: event for arm in names for event in past.of("eval", arm)[-1:]}
    known = past.started["data"].get("class_names", [])
    if not found or any(len(event.get("of", ())) != len(known) for event in found.values()):
        st.caption(t("lab.no_classes"))
        return
    frame = classes.table(found, [class_name(name) for name in known])
    shown = {arm: names[arm] for arm in found}
    titles = {key: t(f"chart.{key}") for key in ("class", "arm", "images")}
    spec = classes.spec(shown, titles | {"value": t("chart.classes")}, len(known))
    _chart(frame.head(classes.MOST).rename(columns=shown), spec, "classes")
    images = next(iter(found.values()))["images"]
    st.caption(f"{t('chart.classes_read', images=f'{images:,}')} {_data(past)}")
    table_and_files(frame, _picture(past, shown, "classes", "chart.classes", x="class"))


def _heatmaps(past: runs.History, names: dict[str, str]) -> None:
    titles = {"step": t("chart.step"), "layer": t("chart.layer_up"), "log10": t("chart.log10")}
    quantity = st.selectbox(
        t("chart.heatmap_quantity"),
        [one for one in QUANTITIES if one not in flow.LINEAR],
        format_func=named("chart."),
        key="lab_heat_quantity",
        width=230,
    )
    ends = past.once(heatmap.domain, quantity)
    frames = {arm: heatmap.table(past, arm, quantity, ends) for arm in names}
    for place, (arm, frame) in zip(st.columns(len(names)), frames.items(), strict=True):
        with place:
            spec = heatmap.spec(names[arm], titles, ends, _marks(past))
            _chart(frame, spec, f"heat_{arm}")
    slope = t("chart.heatmap_gradients") if quantity.endswith("gradient") else ""
    st.caption(" ".join(filter(None, [t("chart.heatmap_read"), slope, _data(past)])))
    limits = (float(ends[0]), float(ends[1]))
    picture = _picture(past, names, "heat", f"chart.{quantity}", limits=limits)
    table_and_files(heatmap.rows(frames), picture, f"heat-map-{quantity}")


def _label(past: runs.History) -> str:
    return past.started["data"]["label"]


def _data(past: runs.History) -> str:
    return t("chart.data", data=as_text(data_name(_label(past))))


def _picture(
    past: runs.History,
    names: dict[str, str],
    kind: str,
    quantity: str,
    *,
    x: str = "step",
    step: int | None = None,
    limits: tuple[float, float] | None = None,
    log: bool = False,
) -> Picture:
    return Picture(kind, list(names), _label(past), quantity, x, step, limits, log)


def _chart(frame: pd.DataFrame, spec: dict, name: str) -> None:
    alternative = t(f"alt.{name.split('_')[0]}")
    st.vega_lite_chart(frame, spec, key=f"chart_{name}", width="stretch", alt=alternative)
