"""Which questions were read: those whose answer was opened, kept beside the preferences.

They are a convenience of the list, not part of the review log: nothing is graded by them.
"""

import json
from pathlib import Path

import streamlit as st

from base.files import write_json
from ui.shell import access, own

HELD = "questions_read"


def path() -> Path:
    """Return the file that holds the ids."""
    return own.home() / "read.json"


def read() -> frozenset[str]:
    """Return the ids of the questions that were read; of this visit alone on a shared server."""
    return frozenset(st.session_state.get(HELD, ())) | _stored()


def mark(question_id: str) -> None:
    """Remember that a question was read. A home that cannot be written loses only the mark."""
    known = read()
    if question_id in known:
        return
    st.session_state[HELD] = {*known, question_id}
    if access.refusal():
        return
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        write_json(path(), sorted(st.session_state[HELD]))
    except OSError:
        return


def _stored() -> frozenset[str]:
    if access.refusal():
        return frozenset()
    try:
        ids = json.loads(path().read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return (
        frozenset(one for one in ids if isinstance(one, str))
        if isinstance(ids, list)
        else frozenset()
    )
