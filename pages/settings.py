"""Language, interview day, level; where things lie; back up, restore, delete; versions."""

import streamlit as st

from ui.settings.sections import about, data_parts, keep_parts, learner_parts
from ui.shell.i18n import t

st.title(t("settings.title"), anchor=False)
learner_parts()
keep_parts()
data_parts()
about()
