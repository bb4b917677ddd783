"""What I know, how it changes, how well I judge myself."""

import streamlit as st

from ui import access, keeping
from ui.progress_parts import progress
from ui.texts import t

st.title(t("progress.title"), anchor=False)
if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
else:
    keeping.spoken(progress)
