"""Train plain and residual twins live, and watch their gradients."""

import streamlit as st

from ui import access, house
from ui.lab.begin import begin
from ui.lab.watch import watch_named
from ui.texts import t

st.title(t("lab.title"), anchor=False)
run_id = str(st.query_params.get("run", ""))

if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
elif run_id:
    house.link("lab", t("lab.another"))
    watch_named(run_id)
else:
    begin()
