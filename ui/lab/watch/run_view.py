"""Draw one live run on one screen: its description, its state, its charts and its result."""

import streamlit as st

from base.messages import UserError
from resnet_core import jobs, library, runs
from resnet_core.diagnosis.marks import marks
from resnet_core.experiment.config import SHIPPED
from ui.lab.code_files import code_of_run
from ui.lab.description import description
from ui.lab.labels import run_name, told
from ui.lab.prediction import prediction
from ui.lab.share_link import share_link
from ui.lab.watch.fine_tuned import fine_tuned
from ui.lab.watch.lock import locked
from ui.lab.watch.run_charts import diagnostics, main_charts
from ui.lab.watch.seed_shown import seed_shown
from ui.lab.watch.transport import transport
from ui.lab.why.charts import why_charts
from ui.shared import own_runs
from ui.shared.claim_questions import questions_behind
from ui.shared.question_bank import the_bank
from ui.shell import metrics, navigation, pace
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, of, t, word

TICKING = ("queued", "starting", "running", "paused")  # a paused run must react to its buttons


def watch_named(run_id: str) -> None:
    """Draw the run of a link, or a sentence if there is no run of that name."""
    try:
        watch(own_runs.load(run_id))
    except UserError as error:
        navigation.link("lab", t("lab.another"))
        st.warning(word(error.message))


def watch(run: runs.Run) -> None:
    """Draw a run, and again every second while it is in progress; less often for a crowd."""
    with st.container(horizontal=True, vertical_alignment="center", key="lab_heading"):
        st.header(run_name(run.experiment), anchor=False)
        if not locked():
            navigation.link("lab", t("lab.another"))
    every = pace.seconds(_goes_on(runs.status(run.folder, runs.followed(run.folder))))
    st.fragment(_view, run_every=every)(run, every)


@metrics.rerun(metrics.FRAGMENT)
def _view(run: runs.Run, every: float | None) -> None:
    try:
        jobs.ensure_worker()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    past = runs.followed(run.folder)
    status = runs.status(run.folder, past)
    pace.keep(every, _goes_on(status))
    name = as_text(library.called(run.id, library.label_of(run.folder), language()))
    st.caption(f"**{name}**  \n{description(run)}{_changes(past)}")
    if every is not None and every > 1:
        st.caption(t("lab.pace", seconds=f"{every:.0f}"))
    transport(run, past, status)
    if not run.experiment.train.steps:
        if run.experiment.weights not in ("", SHIPPED):
            navigation.link("lab", t("why.back"), run=run.experiment.weights)
        why_charts(run, past)
        _questions(run)
        return
    prediction(run, past, status)
    if past.started is None or not past.trained:
        return
    one = seed_shown(run, past)
    if run.experiment.fine_tuning is not None:
        fine_tuned(run, one)
    main_charts(run, past, one, status)
    diagnostics(run, past, one, status)
    if not locked():
        code_of_run(run)
        share_link(run.experiment, past)
    _questions(run)


def _goes_on(status: runs.Status) -> bool:
    return status.name in TICKING


def _questions(run: runs.Run) -> None:
    """Draw the way back to the questions whose claim this run tests."""
    found = questions_behind(run.experiment, the_bank())
    if not found:
        return
    with st.container(horizontal=True, gap="xsmall", key="lab_questions"):
        st.caption(t("claims_page.of_run"))
        for question in found:
            navigation.link("questions", of(question.title), q=question.id)


def _changes(past: runs.History) -> str:
    """Return what was done to the run while it trained, as one more line of its description."""
    done = told(marks(past))
    return f"  \n{t('lab.changed', changes=done)}" if done else ""
