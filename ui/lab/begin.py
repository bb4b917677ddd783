"""The lab before a run: what could be trained, and what was."""

import streamlit as st

from base.messages import UserError
from resnet_core import jobs
from ui.lab.dataset_check import datasets
from ui.lab.experiment_form import choose
from ui.lab.past_runs import past_runs
from ui.shell.i18n import t, word


def begin() -> None:
    """Goes on to the run that was started."""
    st.markdown(t("lab.what"))
    jobs.warm()
    experiment = choose(*datasets())
    if experiment is not None:
        try:
            st.query_params["run"] = jobs.start(experiment).id
        except UserError as error:
            st.error(word(error.message))
        else:
            st.rerun()
    past_runs()
