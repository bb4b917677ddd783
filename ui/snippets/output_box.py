"""Draw the output of a snippet as text, never rendered."""

import streamlit as st

from study.sandbox.running.output import for_page
from ui.shell.i18n import t, word


def output_box(execution, *, cold: bool) -> None:
    """Draw the output while the snippet runs and after it has ended."""
    if execution.running:
        _progress(execution, cold)
        show(*execution.so_far())
        return
    result = execution.result()
    _headline(result)
    show(result.stdout, result.stderr, result.figures)
    if result.figures_cut:
        st.caption(t("snippet.figures_cut", count=len(result.figures)))
    elif result.truncated:
        st.caption(t("snippet.truncated"))


def show(out: str, err: str, figures) -> None:
    """Draw both streams, cut to what a page can show, and the figures."""
    for title, text in ((t("snippet.stdout"), out), (t("snippet.stderr"), err)):
        if text.strip():
            shown, more = for_page(text)
            st.caption(title)
            st.code(shown, language=None, wrap_lines=True)
            if more:
                st.caption(t("snippet.more_lines", lines=more))
    for number, figure in enumerate(figures, start=1):
        st.image(figure.address, caption=t("snippet.figure", number=number))


def recorded(expected: str) -> None:
    """Draw the output recorded on the authors' machine, until the learner runs the snippet."""
    if expected:
        st.caption(t("snippet.recorded"))
        st.code(expected, language=None, wrap_lines=True)


def _progress(execution, cold: bool) -> None:
    if not execution.began:
        key = "snippet.starting"
    else:
        key = "snippet.running_cold" if cold else "snippet.running"
    st.caption(f":material/progress_activity: {t(key)} {execution.age:.0f} s")


def _headline(result) -> None:
    seconds = f"{result.seconds:.1f}" if result.seconds >= 1 else f"{result.seconds:.2f}"
    if result.status == "ok":
        st.success(t("snippet.ok", seconds=seconds), icon=":material/check:")
    elif result.status == "error":
        key = "snippet.error_line" if result.line else "snippet.error"
        st.error(t(key, seconds=seconds, line=result.line), icon=":material/error:")
    else:
        st.warning(word(result.reason), icon=":material/block:")
