"""Review what is due, or drill a question or a topic."""

import streamlit as st

from ui import access, keeping
from ui.quiz_flow import quiz
from ui.texts import t

st.title(t("quiz.title"), anchor=False)
if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
else:
    keeping.spoken(quiz)
