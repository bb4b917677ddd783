"""One run, live: where it stands, its controls, what it came to; then its charts."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from base import folders
from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.diagnosis import readings
from resnet_core.experiment.config import TrainConfig
from ui.lab.labels import arm_names, duration, run_name
from ui.lab.predictions import predictions
from ui.lab.queue_place import queued
from ui.lab.run_charts import pictures
from ui.shell.i18n import t, word

TICK_S = 1.0
TICKING = ("queued", "starting", "running", "paused")  # a paused run answers to its buttons
WEAKER_RATE = 0.1
SPEED_OF = 8  # step events that the speed is averaged over


def watch_named(run_id: str) -> None:
    """The run of a link; a sentence where there is none of that name."""
    try:
        watch(runs.load(folders.runs() / Path(run_id).name))
    except UserError as error:
        st.warning(word(error.message))


def watch(run: runs.Run) -> None:
    _heading(run)
    ticking = runs.status(run.folder).name in TICKING
    st.fragment(_view, run_every=TICK_S if ticking else None)(run, ticking)


def _heading(run: runs.Run) -> None:
    net, train = next(iter(run.experiment.arms.values())), run.experiment.train
    st.subheader(run_name(run.experiment), anchor=False)
    st.caption(
        t(
            "lab.of",
            arms=" / ".join(arm_names(list(run.experiment.arms)).values()),
            depth=net.depth,
            width=net.width,
            steps=train.steps,
            batch=train.batch,
            rate=_rate_of(train),
            seed=run.experiment.seed,
        )
    )


def _rate_of(train: TrainConfig) -> str:
    rate = f"{train.learning_rate:g}"
    falls = " / ".join(map(str, train.decay_at))
    return t("lab.rate_falls", rate=rate, steps=falls) if falls else rate


def _view(run: runs.Run, ticked: bool) -> None:
    jobs.ensure_worker()
    past = _followed(run.folder)
    status = runs.status(run.folder, past)
    if ticked != (status.name in TICKING):
        st.rerun()  # a full run: the timer starts or ends with the run
    _standing(run, past, status)
    _controls(run, status)
    if not past.of("step"):
        return
    _verdict(run, past, status)
    pictures(run, past)
    predictions(run, past, list(run.experiment.arms))


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
    if status.name == "queued":
        queued(run.folder)
    elif status.name == "starting":
        tracing = any(e["state"] == "tracing" for e in past.of("state")[-1:])
        st.info(t("status.tracing" if tracing else "status.starting"), icon=":material/bolt:")
    elif status.name in ("failed", "crashed"):
        st.error(
            f"{word(status.reason) if status.reason else t('status.failed')} "
            f"{t('status.resume_offer', step=status.step)}",
            icon=":material/error:",
        )
    else:
        speed = _speed(past)
        left = (steps - status.step) * len(run.experiment.arms) * run.experiment.train.batch
        text = t(
            f"status.{status.name}_at",
            step=status.step,
            steps=steps,
            speed=f"{speed:.0f}" if speed else "–",
            seconds=duration(max((e["elapsed_s"] for e in past.events), default=0.0)),
            left=duration(left / speed) if speed else "–",
        )
        st.progress(min(1.0, status.step / steps), text)


def _speed(past: runs.History) -> float:
    """Images a second of one arm; 0 while it is not known."""
    known = [e["images_s"] for e in past.of("step")[-SPEED_OF:] if e.get("images_s")]
    return sum(known) / len(known) if known else 0.0


def _controls(run: runs.Run, status: runs.Status) -> None:
    """Pause and Resume share a place, so that nothing moves under the pointer."""
    folder = run.folder
    with st.container(horizontal=True):
        if status.live:
            st.button(t("lab.pause"), key="lab_pause", on_click=jobs.pause, args=(folder,))
        if status.resumable and status.step < run.experiment.train.steps:
            st.button(
                t("lab.resume"),
                key="lab_resume",
                on_click=jobs.resume,
                args=(folder,),
                type="primary",
            )
        if status.name == "paused":
            st.button(t("lab.one_step"), key="lab_step", on_click=jobs.step, args=(folder,))
        if status.live or status.name == "paused":
            st.button(t("lab.stop"), key="lab_stop", on_click=jobs.stop, args=(folder,))
    if status.live or status.name == "paused":
        _rate(run)


def _rate(run: runs.Run) -> None:
    now = runs.control(run.folder).learning_rate or run.experiment.train.learning_rate
    changed = st.number_input(
        t("lab.rate_now"),
        1e-6,
        100.0,
        now,
        step=run.experiment.train.learning_rate / 2,
        format="%.4g",
        key="lab_rate_now",
        help=t("lab.rate_now_help"),
        width=240,
    )
    if changed != now:
        jobs.set_rate(run.folder, changed)


def _verdict(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    if set(run.experiment.arms) != {"residual", "plain"}:
        return
    found = readings.apart(past)
    if found is None:
        text = t("lab.not_apart", gap=readings.GAP, window=readings.WINDOW)
        st.info(text, icon=":material/balance:")
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
        _rate_chosen(run, status)


def _rate_chosen(run: runs.Run, status: runs.Status) -> None:
    """That the rate was chosen, and the same run at one where the picture is weaker."""
    st.caption(t("lab.rate_chosen"))
    if status.live or run.experiment.train.learning_rate == WEAKER_RATE:
        return
    if st.button(t("lab.weaker", rate=WEAKER_RATE), key="lab_weaker"):
        train = replace(run.experiment.train, learning_rate=WEAKER_RATE)
        try:
            weaker = jobs.start(replace(run.experiment, train=train), source=run.source)
        except UserError as error:
            st.error(word(error.message))
        else:
            st.query_params["run"] = weaker.id
            st.rerun()
