"""Draw the corner before a run: named comparisons first, then the learner's own."""

from dataclasses import replace

import streamlit as st

from base.messages import UserError
from resnet_core import jobs
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.fine_tuning.comparisons import COMPARISONS, FIRST, on
from ui.lab.corner.own import own
from ui.lab.corner.words import classes
from ui.lab.dataset_check import datasets, has_cifar100
from ui.lab.form.experiment_form import estimate
from ui.lab.share_link import share_link
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import t, word

IN_A_ROW = 3


def corner() -> None:
    """Draw what can be compared, and go to a run that was started."""
    with st.container(horizontal=True, vertical_alignment="center", key="lab_heading"):
        st.header(t("fine_tuning.open"), anchor=False)
        navigation.link("lab", t("lab.another"))
    st.markdown(t("fine_tuning.what"))
    try:
        jobs.warm()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    names, label = datasets()
    chosen = _gallery(names[0], label)
    with st.expander(t("fine_tuning.own")):
        more = [*names, *(["cifar100"] if has_cifar100() else [])]
        experiment = own(more)
        if experiment is not None:
            st.caption(estimate(experiment, label))
            if st.button(t("lab.start"), key="corner_start_own", type="primary"):
                chosen = experiment
            share_link(experiment)
    if chosen is not None:
        _start(chosen)


def _gallery(dataset: str, label: str) -> Experiment | None:
    """Draw the named comparisons as cards. Return the one whose Start was pressed."""
    chosen, every = None, list(COMPARISONS.items())
    moved = COMPARISONS[FIRST].fine_tuning
    if moved is not None:
        learned, new = (classes(dataset, found(dataset)) for found in (moved.learned, moved.new))
        st.markdown(t("fine_tuning.split_of_all", learned=learned, new=new, images=moved.images))
    for first in range(0, len(every), IN_A_ROW):
        row = every[first : first + IN_A_ROW]
        for place, (name, one) in zip(st.columns(IN_A_ROW), row, strict=False):
            with place, st.container(border=True, height="stretch"):
                experiment = on(replace(one), dataset)
                if _card(name, experiment, label):
                    chosen = experiment
    return chosen


def _card(name: str, experiment: Experiment, label: str) -> bool:
    """Draw one comparison. Return whether its Start was pressed."""
    st.markdown(f"**{t(f'fine_tuning.{name}.title')}**")
    kind = "primary" if name == FIRST else "secondary"
    pressed = st.button(t("lab.start"), key=f"corner_start_{name}", type=kind)
    st.markdown(t(f"fine_tuning.{name}.what"))
    st.caption(estimate(experiment, label))
    return pressed


def _start(experiment: Experiment) -> None:
    try:
        run = own_runs.start(experiment)
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    else:
        navigation.go("lab", run=run.id)
