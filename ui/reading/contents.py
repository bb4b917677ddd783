"""Draw a small table of contents that links to the headings of an open question."""

import streamlit as st

from study.bank.question import Question
from ui.shell.i18n import language, t


def contents(question: Question) -> None:
    """Draw one line of links to the headings that this question has."""
    text = question.prose[language()]
    parts = (
        ("answer", "question.the_answer", True),
        ("points", "question.toc_points", bool(question.points)),
        ("run", "question.toc_run", question.snippet is not None),
        ("claims", "question.toc_claims", bool(question.claims)),
        ("traps", "question.toc_traps", bool(text.trap)),
        ("follow-ups", "question.follow", bool(text.follow)),
        ("sources", "question.sources", bool(question.sources)),
    )
    with st.container(key="toc"):
        st.markdown(" · ".join(f"[{t(key)}](#{anchor})" for anchor, key, there in parts if there))
