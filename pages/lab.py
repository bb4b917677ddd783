"""Train plain and residual twins live, and watch their gradients."""

import streamlit as st

from resnet_core import folders, jobs, runs
from resnet_core.wording import Said
from ui import access, house
from ui.lab.choose import choose
from ui.lab.data_gate import datasets
from ui.lab.past_runs import past_runs
from ui.lab.watch import watch
from ui.texts import t, word

st.title(t("lab.title"), anchor=False)
run_id = str(st.query_params.get("run", ""))

if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
elif run_id:
    house.link("lab", t("lab.another"))
    try:
        watch(runs.load(folders.runs() / run_id.replace("/", "").replace("\\", "").lstrip(".")))
    except Said as error:
        st.warning(word(error.words))
else:
    st.markdown(t("lab.what"))
    jobs.warm()
    experiment = choose(datasets())
    if experiment is not None:
        try:
            st.query_params["run"] = jobs.start(experiment).id
        except Said as error:
            st.error(word(error.words))
        else:
            st.rerun()
    past_runs()
