"""One run, live: where it stands, its controls, its charts; then what it came to."""

from pathlib import Path

import streamlit as st

from resnet_core import folders, jobs, readings, runs
from resnet_core.wording import Said
from ui.charts import curves, download, flow, heatmap
from ui.lab.predictions import predictions
from ui.texts import named, t, word

TICK_S = 1.0
QUANTITIES = (
    "weight_gradient",
    "input_gradient",
    "update_ratio",
    "activation_std",
    "dead_share",
)


def watch_named(run_id: str) -> None:
    """The run of a link; a sentence where there is none of that name."""
    try:
        watch(runs.load(folders.runs() / Path(run_id).name))
    except Said as error:
        st.warning(word(error.words))


def watch(run: runs.Run) -> None:
    live = runs.status(run.folder).name in ("queued", "starting", "running")
    st.fragment(_view, run_every=TICK_S if live else None)(run, live)


def _view(run: runs.Run, was_live: bool) -> None:
    jobs.tend()
    past = _followed(run.folder)
    status = runs.status(run.folder, past)
    if was_live != (status.name in ("queued", "starting", "running")):
        if status.name == "done":
            jobs.note_speed(run, past)
        st.rerun()  # a full run: the timer starts or ends with the run
    _standing(run, past, status)
    _controls(run, status)
    if not past.of("step"):
        return
    arms = list(run.experiment.arms)
    label = past.started["data"]["label"]
    _verdict(run, past, arms)
    _curves(past, arms, label)
    _flow(run, past, arms, label)
    _heatmaps(past, arms, label)
    predictions(run, past, arms)


def _followed(folder: Path) -> runs.History:
    """The log from where this session stopped reading."""
    key = f"followed_{folder}"
    past, offset = st.session_state.get(key, (None, 0))
    past = past or runs.History()
    events, offset = runs.read_events(folder, offset)
    st.session_state[key] = (past.add(events), offset)
    return past


def _standing(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    steps = run.experiment.train.steps
    tracing = any(e["state"] == "tracing" for e in past.of("state")[-1:])
    if status.name == "queued":
        place = runs.queued_place(run.folder) or 1
        st.info(t("status.queued_place", place=place), icon=":material/hourglass_empty:")
    elif status.name == "starting":
        st.info(t("status.tracing" if tracing else "status.starting"), icon=":material/bolt:")
    elif status.name in ("failed", "crashed"):
        st.error(
            f"{word(status.reason) if status.reason else t('status.failed')} "
            f"{t('status.resume_offer', step=status.step)}",
            icon=":material/error:",
        )
    else:
        speed = [e["images_s"] for e in past.of("step")[-8:] if e.get("images_s")]
        seconds = max((e["elapsed_s"] for e in past.events), default=0.0)
        text = t(
            f"status.{status.name}_at",
            step=status.step,
            steps=steps,
            speed=f"{sum(speed) / len(speed):.0f}" if speed else "–",
            seconds=f"{seconds:.0f}",
        )
        st.progress(min(1.0, status.step / steps), text)


def _controls(run: runs.Run, status: runs.Status) -> None:
    folder = run.folder
    with st.container(horizontal=True):
        if status.live:
            st.button(t("lab.pause"), key="lab_pause", on_click=jobs.pause, args=(folder,))
        if status.name == "paused":
            st.button(t("lab.one_step"), key="lab_step", on_click=jobs.step, args=(folder,))
        if status.resumable and status.step < run.experiment.train.steps:
            st.button(
                t("lab.resume"),
                key="lab_resume",
                on_click=jobs.resume,
                args=(folder,),
                type="primary",
            )
        if status.live or status.name == "paused":
            st.button(t("lab.stop"), key="lab_stop", on_click=jobs.stop, args=(folder,))
    if status.live or status.name == "paused":
        now = runs.wish(folder).learning_rate or run.experiment.train.learning_rate
        changed = st.number_input(
            t("lab.rate_now"), 1e-6, 10.0, now, format="%.4g", key="lab_rate_now"
        )
        if changed != now:
            jobs.set_rate(folder, changed)


def _verdict(run: runs.Run, past: runs.History, arms: list[str]) -> None:
    if set(arms) != {"residual", "plain"}:
        return
    found = readings.apart(past)
    if found is None:
        st.caption(t("lab.not_apart", gap=readings.GAP, window=readings.WINDOW))
    else:
        st.success(
            t(
                "lab.apart",
                step=found.step,
                seconds=f"{found.seconds:.0f}",
                gap=f"{found.gap:.2f}",
                rule_gap=readings.GAP,
                window=readings.WINDOW,
            ),
            icon=":material/call_split:",
        )
    if run.experiment.name == "skips-56":
        st.caption(t("lab.rate_chosen"))


def _curves(past: runs.History, arms: list[str], label: str) -> None:
    st.subheader(t("chart.loss"), anchor=False)
    loss = curves.table(past, arms, "loss")
    _chart(loss, curves.spec(arms, t("chart.loss"), t("chart.step"), top=4.0), "loss")
    st.caption(f"{t('chart.loss_read')} {t('chart.data', data=label)}")
    _table_and_files(loss, "step", arms, "loss", label, log=False)
    with st.expander(t("chart.accuracy")):
        accuracy = curves.table(past, arms, "accuracy")
        _chart(accuracy, curves.spec(arms, t("chart.accuracy"), t("chart.step")), "accuracy")
        for arm in arms:
            for event in past.of("eval", arm)[-1:]:
                st.markdown(
                    t(
                        "chart.test_accuracy",
                        arm=arm,
                        percent=f"{100 * event['accuracy']:.1f}",
                        images=event["images"],
                        step=event["step"],
                    )
                )
        st.caption(t("chart.paper_accuracy"))


def _flow(run: runs.Run, past: runs.History, arms: list[str], label: str) -> None:
    st.subheader(t("chart.flow"), anchor=False)
    by_step = {arm: {e["step"]: e for e in past.of("flow", arm)} for arm in arms}
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
    layers = past.started["arms"][arms[0]]["layers"]
    frame = flow.table(layers, {arm: by_step[arm][step][quantity] for arm in arms})
    drawn = flow.clipped(frame, arms, quantity)
    _chart(drawn, flow.spec(arms, quantity, t(f"chart.{quantity}"), t("chart.layer")), "flow")
    st.caption(f"{t(f'chart.{quantity}_read')} {t('chart.data', data=label)}")
    for arm in arms:
        reading = readings.gradient_flow(by_step[arm][step])
        st.markdown(f"- **{arm}**, {t('chart.at_step', step=step)}: {word(reading.words)}")
    st.caption(word(reading.rule))
    log = quantity not in flow.LINEAR
    _table_and_files(frame, "layer", arms, f"{quantity}, step {step}", label, log=log)


def _scrubber(steps: list[int]) -> int:
    """Follows the newest step until it is moved."""
    if len(steps) == 1:
        return steps[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        follow = st.toggle(t("chart.follow"), True, key="lab_follow")
        st.button(t("chart.step_0"), key="lab_step_0", on_click=_go_to, args=(steps[0],))
    if follow:
        return steps[-1]
    at = st.session_state.get("lab_at", steps[0])
    st.session_state["lab_at"] = min(steps, key=lambda step: abs(step - at))
    return st.select_slider(t("chart.step"), steps, key="lab_at")


def _go_to(step: int) -> None:
    st.session_state["lab_follow"] = False
    st.session_state["lab_at"] = step


def _heatmaps(past: runs.History, arms: list[str], label: str) -> None:
    with st.expander(t("chart.heatmap")):
        for arm in arms:
            frame = heatmap.table(past, arm, "weight_gradient")
            spec = heatmap.spec(arm, t("chart.step"), t("chart.layer"), t("chart.log10"))
            _chart(frame, spec, f"heat_{arm}")
        st.caption(f"{t('chart.heatmap_read')} {t('chart.data', data=label)}")


def _chart(frame, spec: dict, name: str) -> None:
    st.vega_lite_chart(
        frame, spec, key=f"chart_{name}", width="stretch", alt=t(f"alt.{name.split('_')[0]}")
    )


def _table_and_files(frame, x: str, arms: list[str], name: str, label: str, *, log: bool) -> None:
    with st.expander(t("chart.table")):
        st.dataframe(frame, hide_index=True, height=240)
        with st.container(horizontal=True):
            file = name.replace(", ", "-").replace(" ", "-")
            st.download_button(
                "CSV", download.csv(frame), f"{file}.csv", key=f"csv_{x}", on_click="ignore"
            )
            st.download_button(
                "PNG",
                lambda: download.png(
                    frame, x, arms, title=f"{name} · {label}", y_title=name, log=log
                ),
                f"{file}.png",
                key=f"png_{x}",
                on_click="ignore",
            )
