"""Draw the lab before a run: the experiments to train, and the runs so far."""

import streamlit as st

from base.messages import UserError
from resnet_core import jobs
from ui.lab.corner.place import link as corner_link
from ui.lab.dataset_check import datasets
from ui.lab.form.experiment_form import choose
from ui.lab.past_runs import past_runs
from ui.lab.samples import samples
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import t, word


def begin() -> None:
    """Draw what can be trained and the newest runs, and go to a run that was just started."""
    st.markdown(t("lab.what"))
    try:
        jobs.warm()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    names, label = datasets()
    experiment = choose(names, label)
    with st.container(border=True):
        corner_link(t("fine_tuning.open"))
        st.caption(t("fine_tuning.open_what"))
    samples(names[0], label)
    if experiment is not None:
        try:
            started = own_runs.start(experiment)
        except UserError as error:
            st.error(word(error.message), icon=":material/error:")
        else:
            navigation.go("lab", run=started.id)
    past_runs()
