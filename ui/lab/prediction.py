"""Ask which of two nets will have the lower loss, before it can be seen."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import readings, seeds
from ui.lab.labels import arm_names
from ui.shared import review_log
from ui.shell.i18n import t

EQUAL = "equal"
ASKED_UNTIL = 0.25  # share of the run: after that the charts show the answer
SURE = (0.5, 0.7, 0.9)


def prediction(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Ask once when the run begins. When it is done, compare the prediction with the result."""
    arms = list(run.experiment.arms)
    if len(arms) != 2:
        return
    stated = _stated(run)
    if status.name == "done" and stated is not None:
        _outcome(run, past, *stated)
    elif stated is not None:
        st.caption(t("lab.predicted", choice=choice_word(stated[0], arms), sure=f"{stated[1]:.0%}"))
    elif status.live and status.step < ASKED_UNTIL * run.experiment.train.steps:
        with st.container(horizontal=True, vertical_alignment="center", key="lab_predict"):
            st.markdown(t("lab.predict", gap=readings.GAP))
            ask(arms, "predict", run.id, partial(keep, run))


def came(past: runs.History, arms: list[str]) -> str:
    """Return the arm whose loss over the last steps is lower, or that they are about equal.

    Each loss is the mean over the seeds. Two losses are different if their gap is at least the one
    that the lab calls apart.
    """
    first, second = (seeds.mean_loss(past, arm) for arm in arms)
    if first == second or abs(first - second) < readings.GAP:  # both may be infinite
        return EQUAL
    return arms[0] if first < second else arms[1]


def ask(arms: list[str], begins: str, name: str, tell: Callable[[str, float], None]) -> None:
    """Draw a choice of how sure the learner is, and a button for each answer; `tell` gets both.

    The keys of the widgets begin with `begins` and end with `name`.
    """
    sure = st.selectbox(
        t("lab.predict_sure"),
        SURE,
        index=1,
        format_func=lambda share: f"{share:.0%}",
        key=f"{begins}_sure_{name}",
        width=120,
    )
    for choice in (*arms, EQUAL):
        st.button(
            choice_word(choice, arms),
            key=f"{begins}_{choice}_{name}",
            on_click=tell,
            args=(choice, sure),
        )


def _stated(run: runs.Run) -> tuple[str, float] | None:
    """Return what was predicted: on this visit, or on an earlier one as the review log has it."""
    if _slot(run) not in st.session_state:
        st.session_state[_slot(run)] = _logged(run)  # read once; a running page draws every second
    stated: tuple[str, float] | None = st.session_state[_slot(run)]
    return stated


def _logged(run: runs.Run) -> tuple[str, float] | None:
    store = review_log.the_store() if review_log.begun() else None
    if store is None:
        return None
    known = {*run.experiment.arms, EQUAL}
    for row in reversed(store.rows()):
        body = row.body
        if row.kind == "prediction" and body.get("run") == run.id and body.get("choice") in known:
            return body["choice"], body.get("confidence") or SURE[0]
    return None


def state(run: runs.Run, choice: str, sure: float) -> None:
    """Keep the prediction of a run for this visit."""
    st.session_state[_slot(run)] = (choice, sure)


def keep(run: runs.Run, choice: str, sure: float) -> None:
    """Keep the prediction for this visit, and in the review log if there is one."""
    state(run, choice, sure)
    store = review_log.the_store()
    if store is not None:
        body = {"run": run.id, "choice": choice, "confidence": sure}
        review_log.keep(store, review_log.row("prediction", **body))


def _outcome(run: runs.Run, past: runs.History, choice: str, sure: float) -> None:
    arms = list(run.experiment.arms)
    right = came(past, arms) == choice
    losses = " · ".join(
        f"{name} {seeds.mean_loss(past, arm):.2f}" for arm, name in arm_names(arms).items()
    )
    text = t(
        "lab.predicted_right" if right else "lab.predicted_wrong",
        choice=choice_word(choice, arms),
        sure=f"{sure:.0%}",
        losses=losses,
    )
    (st.success if right else st.warning)(text)


def choice_word(choice: str, arms: list[str]) -> str:
    """Return the title of a choice: an arm, or about equal."""
    return t("lab.predict_equal") if choice == EQUAL else arm_names(arms)[choice]


def _slot(run: runs.Run) -> str:
    return f"predicted_{run.id}"
