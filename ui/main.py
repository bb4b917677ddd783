"""Entry script: page configuration, language, navigation; then the page that was asked for."""

import streamlit as st

from ui.shell import access, navigation, preferences
from ui.shell.i18n import LANGUAGES, NAMES, t
from ui.shell.style import apply_style


def choose_language() -> None:
    """From the link at first, else as remembered, else as the browser asks. Kept in the link."""
    if "lang" not in st.session_state:
        linked = st.query_params.get("lang")
        asked = "zh" if str(st.context.locale or "").lower().startswith("zh") else "en"
        remembered = preferences.load()["language"]
        st.session_state["lang"] = next(
            code for code in (linked, remembered, asked) if code in LANGUAGES
        )
    with st.sidebar:
        st.segmented_control(
            "语言 · Language", LANGUAGES, format_func=NAMES.get, key="lang", required=True
        )
    if st.query_params.get("lang") != st.session_state["lang"]:
        st.query_params["lang"] = st.session_state["lang"]
    if access.loopback_only():  # a stranger's choice is not this installation's
        preferences.remember(language=st.session_state["lang"])


st.set_page_config(page_title="Residual", page_icon="🧠", layout="centered")
choose_language()
apply_style()
current = st.navigation(navigation.pages())
st.sidebar.caption(t("frame.promise"))
current.run()
