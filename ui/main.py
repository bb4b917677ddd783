"""Configure the page, choose the language, and draw the page that the address asks for."""

import time

import streamlit as st

from ui.shared import review_log
from ui.shell import address, metrics, navigation, preferences
from ui.shell.appearance.style import apply_style
from ui.shell.i18n import LANGUAGES, NAMES, t
from ui.shell.kept_choices import keep_choices
from ui.shell.visitors import access, login

# Parts of the address that make it another place, which begins at its top.
PLACES = ("q", "view", "claim", "run", "experiment", "corner", "shelf", "page", "compare")


def choose_language() -> None:
    """Take the language of the address, or the remembered one, or the browser's."""
    asked = "zh" if str(st.context.locale or "").lower().startswith("zh") else "en"
    candidates = (
        address.value("lang"),
        st.session_state.get("lang"),
        preferences.load().language,
        asked,
    )
    language = next(code for code in candidates if code in LANGUAGES)
    st.session_state["lang"] = language
    keep_choices(language)
    with st.sidebar:
        st.segmented_control(
            "语言 · Language",
            LANGUAGES,
            format_func=NAMES.get,
            key="lang",
            required=True,
            on_change=lambda: address.change(lang=st.session_state["lang"]),
        )
    # The choice of a stranger is not kept for this installation.
    if login.person() or (not login.configured() and access.loopback_only()):
        preferences.remember(language=language)


began = time.perf_counter()
st.set_page_config(page_title="Residual", page_icon="🧠", layout="centered")
choose_language()
current = st.navigation(navigation.pages(), position="hidden")
apply_style(" ".join([current.url_path, *map(address.value, PLACES)]))
with st.sidebar:
    navigation.menu()
    login.draw()
    st.caption(t("frame.promise"))
address.publish(current.url_path)
with metrics.rerun(current.url_path, began):
    if login.person():
        from ui.class_.class_page import enter

        review_log.spoken(enter)
    current.run()
