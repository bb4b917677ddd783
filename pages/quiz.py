"""Draw the quiz, which reviews what is due or drills one question or topic."""

import streamlit as st

from ui.quiz.flow import quiz
from ui.shared import review_log
from ui.shell.appearance.heading import heading
from ui.shell.i18n import t
from ui.shell.visitors import access

if access.refusal():
    heading(t("quiz.title"))
    st.info(access.refusal(), icon=":material/lock:")
else:
    review_log.spoken(quiz)
