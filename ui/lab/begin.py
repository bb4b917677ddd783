"""The lab before a run: what could be trained, and what was."""

import streamlit as st

from resnet_core import jobs
from resnet_core.wording import Said
from ui.lab.choose import choose
from ui.lab.data_gate import datasets
from ui.lab.past_runs import past_runs
from ui.texts import t, word


def begin() -> None:
    """Goes on to the run that was started."""
    st.markdown(t("lab.what"))
    jobs.warm()
    experiment = choose(*datasets())
    if experiment is not None:
        try:
            st.query_params["run"] = jobs.start(experiment).id
        except Said as error:
            st.error(word(error.words))
        else:
            st.rerun()
    past_runs()
