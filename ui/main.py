"""Entry script: page configuration, language, navigation; then the page that was asked for."""

import streamlit as st

from ui import house, prefs
from ui.style import apply_style
from ui.texts import LANGUAGES, NAMES, t


def choose_language() -> None:
    """From the link, else as remembered, else as the browser asks. Kept in the link."""
    if "lang" not in st.session_state and "lang" not in st.query_params:
        asked = "zh" if str(st.context.locale or "").lower().startswith("zh") else "en"
        st.session_state["lang"] = prefs.load()["language"] or asked
    with st.sidebar:
        chosen = st.segmented_control(
            "语言 · Language",
            LANGUAGES,
            format_func=NAMES.get,
            key="lang",
            bind="query-params",
            required=True,
        )
    prefs.remember(language=chosen or "")


st.set_page_config(page_title="Residual", page_icon="🧠", layout="centered")
choose_language()
apply_style()
current = st.navigation(house.pages())
st.sidebar.caption(t("frame.promise"))
current.run()
