"""Draw the heading of a page, which also names the browser's tab."""

import streamlit as st

APP = "Residual"


def heading(text: str, *, tab: str = "") -> None:
    """Draw the page's one h1; the tab says `tab`, or the same, before the name of the app."""
    st.set_page_config(page_title=f"{tab or text} · {APP}")
    st.title(text, anchor=False)
