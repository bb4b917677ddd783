"""The little CSS that Streamlit's theme does not cover, and the language of the document."""

import streamlit as st

from ui.texts import language

CSS = """
<style>
.stMainBlockContainer { max-width: 56rem; padding-top: 3.5rem; }
[data-testid="stMarkdownContainer"] p, [data-testid="stMarkdownContainer"] li { line-height: 1.65; }
[data-testid="stMarkdownContainer"] table { font-size: 0.92rem; }
[data-testid="stMarkdownContainer"] blockquote { font-size: 1.12rem; }
.st-key-today_begin a { background: light-dark(#1f5fbf, #4c84e0); padding: 0.45rem 1rem;
  justify-content: center; }
.st-key-today_begin a:hover { background: light-dark(#174a96, #3a6fc6); }
.st-key-today_begin a :is(span, p) { color: #fff !important; }
textarea { font-family: "Source Code Pro", monospace !important; font-size: 0.85rem !important; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0; }
</style>
"""
DOCUMENT_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def apply_style() -> None:
    st.html(CSS)
    tag = DOCUMENT_LANGUAGE[language()]
    st.html(
        f"<script>document.documentElement.lang = '{tag}'</script>",
        unsafe_allow_javascript=True,
    )
