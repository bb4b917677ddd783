"""Remember which questions were read, which means that their answer was opened.

The marks are kept beside the preferences. They only help the list and are not part of the review
log: nothing is graded by them.
"""

from pathlib import Path

import msgspec
import streamlit as st

from base.files import write_json
from ui.shell.visitors import access, own

HELD = "questions_read"


def path() -> Path:
    """Return the file that holds the ids."""
    return own.home() / "read.json"


def read() -> frozenset[str]:
    """Return the ids of the questions that were read, on a shared server only in this visit."""
    return frozenset(st.session_state.get(HELD, ())) | _stored()


def mark(question_id: str) -> None:
    """Remember that a question was read. If home cannot be written, only the mark is lost."""
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
    """Return the ids in the file, or none if it is missing, damaged or not this visitor's."""
    if access.refusal():
        return frozenset()
    try:
        return msgspec.json.decode(path().read_bytes(), type=frozenset[str])
    except (OSError, ValueError, RecursionError):
        return frozenset()
