"""Draw the state of a run and its controls: pause, one step, resume, stop, learning rate."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from resnet_core import jobs, runs
from resnet_core.experiment.surgery import limits
from ui.lab.labels import duration
from ui.lab.watch.lock import locked
from ui.lab.watch.queue_place import queued
from ui.lab.watch.requests import ask, refused
from ui.lab.watch.surgery import surgery_box, wished, without_skips
from ui.shared import own_runs
from ui.shell.i18n import t, word

SPEED_OF = 8  # step events over which the speed is averaged


def transport(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw the state of a run and its buttons."""
    silent = jobs.silence() if status.live or status.name == "paused" else 0.0
    standing(run, past, status)
    if silent:
        st.warning(t("status.silent", seconds=duration(silent)), icon=":material/heart_broken:")
    refused()
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab_transport"):
        _buttons(run, past, status, silent > 0)
        if run.experiment.train.steps and (status.live or status.resumable) and not locked():
            _rate(run, past)


def standing(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw where a run stands: its place in the queue, its progress, or why it ended."""
    if status.name == "queued":
        queued(run.folder)
    elif status.name == "starting":
        _starting(past)
    elif status.name in ("failed", "crashed"):
        reason = word(status.reason) if status.reason else t("status.failed")
        offer = _seed_at(run, past) + t("status.resume_offer", step=past.step)
        st.error(f"{reason} {offer}", icon=":material/error:")
    elif not run.experiment.train.steps:
        _measured(run, past, status)
    else:
        experiment, speed = run.experiment, _speed(past)
        steps = status.step if status.name == "done" else experiment.train.steps
        text = _seed_at(run, past) + t(
            f"status.{status.name}_at",
            step=past.step,
            steps=steps,
            speed=f"{speed:.0f}" if speed else "–",
            seconds=duration(past.seconds),
            left=duration(jobs.remaining(run, past)),
        )
        behind = past.behind(experiment.train.steps)
        st.progress(min(1.0, behind / experiment.all_steps), text)


def _starting(past: runs.History) -> None:
    """Draw what a run does before its first step."""
    last = next(iter(past.of("state")[-1:]), {"state": "starting"})
    if last["state"] == "source" and last.get("of"):
        text = t("status.source", step=last.get("done", 0), steps=last["of"])
        st.progress(min(1.0, last.get("done", 0) / last["of"]), text)
        return
    if last["state"] == "seat_lost":
        st.warning(t("status.seat_lost"), icon=":material/swap_horiz:")
        return
    told = last["state"] if last["state"] in ("tracing", "sent") else "starting"
    st.info(t(f"status.{told}"), icon=":material/bolt:")


def _seed_at(run: runs.Run, past: runs.History) -> str:
    """Return which of its seeds a run is at; empty for a run of one, and where all are done."""
    seeds = run.experiment.seeds
    done = past.end is not None and past.end["status"] == "done"
    return "" if seeds == 1 or done else t("seeds.at", number=len(past.finished) + 1, seeds=seeds)


def _measured(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw how many measurements of a run without training are done."""
    total = len(run.experiment.measure) * len(run.experiment.arms)
    done = min(total, len(past.of("diagnostic")))
    text = t(
        f"status.{status.name}_measuring", done=done, total=total, seconds=duration(past.seconds)
    )
    st.progress(done / total if total else 1.0, text)


def _speed(past: runs.History) -> float:
    """Return the images a second of one arm, or 0 while it is not known."""
    known = [e["images_s"] for e in past.of("step")[-SPEED_OF:] if e.get("images_s")]
    return sum(known) / len(known) if known else 0.0


def _buttons(run: runs.Run, past: runs.History, status: runs.Status, silent: bool) -> None:
    """Draw the buttons. Pause and Resume share a place, so that nothing moves under the pointer."""
    if silent:
        _button("lab.end_worker", "lab_end", ":material/dangerous:", _end_worker, run)
    if status.live:
        _button("lab.pause", "lab_pause", ":material/pause:", jobs.pause, run)
    unfinished = status.step < run.experiment.all_steps or not run.experiment.train.steps
    if status.resumable and unfinished:
        _button("lab.resume", "lab_resume", ":material/play_arrow:", jobs.resume, run, "primary")
    if status.name == "paused":
        _button("lab.one_step", "lab_step", ":material/skip_next:", jobs.step, run)
    if status.live or status.name == "paused":
        _button("lab.stop", "lab_stop", ":material/stop:", jobs.stop, run)
        if not locked() and run.experiment.train.steps:
            _skips(run, past)
            surgery_box(run, past)


def _skips(run: runs.Run, past: runs.History) -> None:
    """Offer to take the skips out of the training nets, if they have no weights of their own."""
    nets = [net for net in run.experiment.arms.values() if net.skip]
    if not nets or any(map(limits.why_not_skips, nets)):
        return
    now = wished(run, past).surgery
    out = not now.skips
    key = "lab_skips_in" if out else "lab_skips_out"  # one click heard twice does not undo itself
    st.button(
        t("lab.skips_in" if out else "lab.skips_out"),
        key=key,
        icon=":material/call_merge:" if out else ":material/content_cut:",
        help=t("lab.skips_help"),
        on_click=ask,
        args=(jobs.operate, run.folder, without_skips(now, not out)),
    )


def _end_worker(_: Path) -> None:
    own_runs.end_worker()


def _button(
    label: str,
    key: str,
    icon: str,
    action: Callable[[Path], None],
    run: runs.Run,
    kind: str = "secondary",
) -> None:
    st.button(t(label), key=key, icon=icon, on_click=ask, args=(action, run.folder), type=kind)


def _rate(run: runs.Run, past: runs.History) -> None:
    now = wished(run, past).learning_rate
    changed = st.number_input(
        t("lab.rate_now"),
        1e-6,
        100.0,
        now,
        step=run.experiment.train.learning_rate / 2,
        format="%.4g",
        key="lab_rate_now",
        help=t("lab.rate_now_help"),
        width=220,
    )
    if changed != now:
        ask(jobs.set_rate, run.folder, changed)
