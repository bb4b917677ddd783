"""What is due, a run to go on with, the one-minute demonstration."""

import streamlit as st

from ui.home.first_start import first_start
from ui.home.today import first_quiz, today
from ui.shell import navigation
from ui.shell.i18n import t

st.title(t("home.title"), anchor=False)
st.markdown(t("home.what"))
first_start()
begun = today()
with st.container(border=True, key="act_read" if begun else "act_first"):
    st.subheader(t("home.read_title"), anchor=False)
    st.markdown(t("home.read"))
    navigation.link("questions", t("home.read_link"))
with st.container(border=True, key="act_demo"):
    st.subheader(t("home.demo_title"), anchor=False)
    st.markdown(t("home.demo"))
    navigation.link("lab", t("home.demo_link"), preset="skips-56")
first_quiz()
