"""Draw the heading of a page, which also names the browser's tab."""

import streamlit as st

APP = "Residual"


def heading(text: str, *, tab: str = "") -> None:
    """Draw the page's only h1. The browser's tab shows `tab`, or the same, with the app's name."""
    st.set_page_config(page_title=f"{tab or text} · {APP}")
    st.title(text, anchor=False)
