"""Draw what the learner knows, how that changes, and how well they judge themselves."""

import streamlit as st

from ui.progress.sections import progress
from ui.shared import review_log
from ui.shell.appearance.heading import heading
from ui.shell.i18n import t
from ui.shell.visitors import access

heading(t("progress.title"))
if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
else:
    review_log.spoken(progress)
