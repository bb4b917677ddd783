"""The screen that everybody follows: what was predicted, then loss and gradient flow as in the
lab.
"""

import streamlit as st

from base import folders
from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.experiment.presets import PRESETS
from study.classroom import demonstrations, rights
from study.classroom.demonstrations import Demonstration
from study.classroom.people import Person
from ui.class_.live.tally import tally
from ui.lab import prediction
from ui.lab.watch.run_charts import main_charts
from ui.lab.watch.run_view import TICKING
from ui.lab.watch.transport import ask, standing, transport
from ui.shared import review_log
from ui.shell import metrics, pace
from ui.shell.i18n import t, word
from ui.shell.visitors import login

TEACHER_S, LEARNERS_S = 1.0, 2.0  # a hundred screens are drawn by one server


def screen(who: Person, shown: Demonstration) -> None:
    """Draw the run of a demonstration again and again while it goes on."""
    st.subheader(t(f"preset.{shown.experiment}.title"), anchor=False)
    try:
        run = run_of(who, shown)
    except runs.RunError:
        st.info(t("class.live_elsewhere"))
        tally(shown, list(PRESETS[shown.experiment].arms))
        if who.teacher:
            st.button(t("class.live_end"), key="live_end", on_click=ask, args=(end, who, shown))
        return
    status = runs.status(run.folder, runs.followed(run.folder))
    every = pace.seconds(status.name in TICKING, _shortest(who))
    st.fragment(_view, run_every=every)(shown, run, every)
    if who.teacher:
        st.button(t("class.live_end"), key="live_end", on_click=ask, args=(end, who, shown, run))


def end(who: Person | None, shown: Demonstration, run: runs.Run | None = None) -> None:
    """End the demonstration on every screen, and its run if it still goes on."""
    demonstrations.end(review_log.the_whole(), who, shown)
    if run is not None and runs.status(run.folder).name in TICKING:
        jobs.stop(run.folder)


def run_of(who: Person | None, shown: Demonstration) -> runs.Run:
    """Return the run that is demonstrated. For whoever is in the class; raises RunError."""
    rights.learner(who)
    return runs.load(folders.of_class() / "runs" / shown.run)


def _shortest(who: Person) -> float:
    return TEACHER_S if who.teacher else LEARNERS_S


@metrics.rerun(metrics.FRAGMENT)
def _view(shown: Demonstration, run: runs.Run, every: float | None) -> None:
    who = login.person()
    if who is None:
        st.rerun()  # logged out meanwhile
    past = runs.followed(run.folder)
    status = runs.status(run.folder, past)
    pace.keep(every, status.name in TICKING, _shortest(who))
    arms = list(run.experiment.arms)
    tally(shown, arms, prediction.came(past, arms) if status.name == "done" else "")
    if who.teacher:
        _steer(who, run, past, status)
    else:
        standing(run, past, status)
        _own(shown, run, past, status)
    if past.started is not None and past.of("step"):
        main_charts(run, past, past, status)


def _steer(who: Person, run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw the buttons of the lab, for the teacher alone."""
    rights.teacher(who)
    try:
        jobs.ensure_worker()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    transport(run, past, status)


def _own(shown: Demonstration, run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw what this learner predicted, and at the end whether it came so."""
    log = review_log.the_store()
    told = demonstrations.stated(shown, log.standing()) if log is not None else None
    if told is not None:
        prediction.state(run, told.body["choice"], told.body["confidence"])
        prediction.prediction(run, past, status)
