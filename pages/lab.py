"""Train plain and residual twins live, and watch their gradients."""

import streamlit as st

from ui.lab.begin import begin
from ui.lab.run_view import watch_named
from ui.shell import access, navigation
from ui.shell.heading import heading
from ui.shell.i18n import t

heading(t("lab.title"))
run_id = str(st.query_params.get("run", ""))

if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
elif run_id:
    navigation.link("lab", t("lab.another"))
    watch_named(run_id)
else:
    begin()
