"""Draw the experiment of a link: what it is, what is asked first, and its Start."""

import streamlit as st

from base.messages import UserError
from resnet_core import jobs
from resnet_core.diagnosis import readings
from resnet_core.experiment import link
from resnet_core.experiment.config import Experiment
from ui.lab import prediction
from ui.lab.code_files import code_of_experiment
from ui.lab.corner.words import moves
from ui.lab.dataset_check import datasets
from ui.lab.description import nets, training
from ui.lab.form.experiment_form import estimate
from ui.lab.labels import changes_told, run_name
from ui.lab.watch.lock import LOCKED
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import t, word


def shared_experiment(text: str) -> None:
    """Draw the experiment that a link carries, or a sentence if it carries none."""
    try:
        shared = link.decode(text)
    except UserError as error:
        navigation.link("lab", t("lab.another"))
        st.warning(word(error.message), icon=":material/link_off:")
        return
    experiment = shared.experiment
    if not shared.locked:
        navigation.link("lab", t("lab.another"))
    st.header(run_name(experiment), anchor=False)
    st.markdown(t("link.given_locked" if shared.locked else "link.given"))
    st.markdown(f"{nets(experiment)}  \n{training(experiment, experiment.train)}")
    jobs.choose_next(experiment)
    if experiment.fine_tuning is not None:
        st.markdown(moves(experiment))
    if experiment.changes:
        st.markdown(t("surgery.planned", changes=changes_told(experiment.changes)))
    names, label = datasets()
    st.caption(estimate(experiment, label))
    absent = experiment.dataset not in (*names, "cifar100")
    if absent:
        st.warning(t("link.no_data"), icon=":material/image_not_supported:")
    stated = _prediction(experiment) if shared.predicts and len(experiment.arms) == 2 else None
    waits = shared.predicts and len(experiment.arms) == 2 and stated is None
    if st.button(t("lab.start"), key="lab_start_link", type="primary", disabled=absent or waits):
        _start(shared, stated)
    if waits:
        st.caption(t("link.predict_before"))
    if not shared.locked:
        code_of_experiment(experiment)


def _prediction(experiment: Experiment) -> tuple[str, float] | None:
    """Ask which loss will be lower and how sure the learner is; return it once it is chosen."""
    arms = list(experiment.arms)
    words = {one: prediction.choice_word(one, arms) for one in (*arms, prediction.EQUAL)}
    choice = st.radio(
        t("lab.predict", gap=readings.GAP),
        list(words),
        index=None,
        format_func=words.__getitem__,
        horizontal=True,
        key="lab_link_choice",
    )
    sure = st.select_slider(
        t("lab.predict_sure"),
        prediction.SURE,
        prediction.SURE[1],
        format_func=lambda share: f"{share:.0%}",
        key="lab_link_sure",
        width=320,
    )
    return None if choice is None else (choice, sure)


def _start(shared: link.Shared, stated: tuple[str, float] | None) -> None:
    try:
        run = own_runs.start(shared.experiment)
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
        return
    if stated is not None:
        prediction.keep(run, *stated)
    navigation.go("lab", run=run.id, locked=LOCKED if shared.locked else None)
