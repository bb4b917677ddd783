"""Style what Streamlit's theme does not cover, with a style sheet and a script."""

from hashlib import sha1
from pathlib import Path

import streamlit as st

from ui.shell.i18n import language

HERE = Path(__file__)
CSS = f"<style>{HERE.with_name('style.css').read_text('utf-8')}</style>"
SCRIPT = HERE.with_name("frame.js").read_text("utf-8")
DOCUMENT_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def apply_style(place: str) -> None:
    """Style the page. A new `place` begins at its top; the same one keeps its position.

    Back, Forward and a reload bring the position back that the place had.
    """
    st.html(CSS)
    script = SCRIPT.replace("LANGUAGE", DOCUMENT_LANGUAGE[language()])
    st.html(
        f"<script>{script.replace('PLACE', sha1(place.encode()).hexdigest())}</script>",
        unsafe_allow_javascript=True,
    )


def wide() -> None:
    """Let the page use a wide screen; lines of prose stay short."""
    st.html("<span class='wide'></span>")
