"""The little CSS that Streamlit's theme does not cover, and the language of the document."""

import streamlit as st

from ui.shell.i18n import language

# Lines of prose stay short enough to find the next one; tables, code and charts take the width.
CSS = """
<style>
.stMainBlockContainer { max-width: 56rem; padding-top: 3.5rem; }
[data-testid="stMarkdownContainer"] p, [data-testid="stMarkdownContainer"] li { line-height: 1.65; }
.stMain [data-testid="stMarkdownContainer"] :is(p, ul, ol, blockquote, .katex-display) {
  max-width: 44rem;
}
.stMain [data-testid="stAlert"] [data-testid="stMarkdownContainer"] :is(p, ul, ol) {
  max-width: none;
}
.katex { font-size: 1.08em; }
[data-testid="stMarkdownContainer"] li { margin-bottom: 0.35rem; }
[data-testid="stMarkdownContainer"] table { font-size: 0.92rem; }
.stMain [data-testid="stMarkdownContainer"] blockquote {
  font-size: 1.12rem; opacity: 1;
}
[data-testid="stCheckbox"] [data-testid="stMarkdownContainer"] p { font-size: 1rem; }
[class*="st-key-plain_link"] [data-testid="stPageLink"] a { background: none; padding-left: 0; }
[class*="st-key-plain_link"] [data-testid="stPageLink"] a > span:first-child { display: none; }
[class*="st-key-act_"] [data-testid="stPageLink"] a {
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.4rem;
  padding: 0.45rem 0.9rem; background: none;
}
[class*="st-key-act_"] [data-testid="stPageLink"] a:hover { border-color: currentColor; }
.st-key-act_first [data-testid="stPageLink"] a { background: #1f5fbf; border-color: #1f5fbf; }
.st-key-act_first [data-testid="stPageLink"] a :is(span, p) { color: white; }
textarea { font-family: "Source Code Pro", monospace !important; font-size: 0.85rem !important; }
[data-testid="stColumn"] .katex-display { font-size: 0.85em; }
@media (max-width: 640px) { .katex-display { font-size: 0.9em; } }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0; }
</style>
"""
WIDE = "<style>.stMainBlockContainer { max-width: 76rem; }</style>"
DOCUMENT_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def apply_style() -> None:
    st.html(CSS)
    tag = DOCUMENT_LANGUAGE[language()]
    st.html(
        f"<script>document.documentElement.lang = '{tag}'</script>",
        unsafe_allow_javascript=True,
    )
