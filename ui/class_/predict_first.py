"""Draw an assigned experiment, which must be predicted before it is run."""

from dataclasses import replace
from functools import partial

import streamlit as st

from base.messages import UserError
from resnet_core.diagnosis import readings
from resnet_core.experiment.presets import PRESETS
from study.classroom import assignments
from study.classroom.assignments import Assignment, Task
from study.reviews.learner_log import LearnerLog
from ui.lab import prediction
from ui.lab.dataset_check import datasets
from ui.shared import own_runs, review_log
from ui.shell import navigation
from ui.shell.i18n import t, word


def predict_first(one: Assignment, task: Task, log: LearnerLog) -> None:
    """Ask for the prediction. Once it is kept, offer the run, then the link to it."""
    arms = list(PRESETS[task.key].arms)
    title = t(f"preset.{task.key}.title")
    stated = assignments.prediction_of(one, log.standing())
    if stated is None:
        st.markdown(f":material/lock: **{title}** · {t('lab.predict', gap=readings.GAP)}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            prediction.ask(arms, "class", one.id, partial(_state, one, log))
        return
    choice, sure = stated.body["choice"], stated.body["confidence"]
    said = t("lab.predicted", choice=prediction.choice_word(choice, arms), sure=f"{sure:.0%}")
    st.markdown(f":material/science: **{title}** · {said}")
    run_id = _run_of(one, log)
    if run_id:
        navigation.link("lab", t("class.see_run"), run=run_id)
    elif st.button(t("lab.start"), key=f"class_start_{one.id}", type="primary"):
        _start(one, log, choice, sure)


def _state(one: Assignment, log: LearnerLog, choice: str, sure: float) -> None:
    body = {"assignment": one.id, "experiment": one.experiment}
    row = review_log.row("prediction", choice=choice, confidence=sure, **body)
    review_log.keep(log, row)


def _start(one: Assignment, log: LearnerLog, choice: str, sure: float) -> None:
    """Start the run and record it beside the prediction."""
    names, _ = datasets()
    try:
        run = own_runs.start(replace(PRESETS[one.experiment], dataset=names[0]))
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
        return
    body = {"assignment": one.id, "experiment": one.experiment, "run": run.id}
    row = review_log.row("prediction", choice=choice, confidence=sure, **body)
    if review_log.keep(log, row):
        prediction.state(run, choice, sure)
        navigation.go("lab", run=run.id)


def _run_of(one: Assignment, log: LearnerLog) -> str:
    rows = [row for row in log.rows("prediction") if row.body.get("assignment") == one.id]
    return next((row.body["run"] for row in reversed(rows) if row.body.get("run")), "")
