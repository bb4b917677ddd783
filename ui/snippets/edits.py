"""Keep what a learner edits in the data folder or, on a server, in the browser."""

import streamlit as st

from base.messages import UserError
from study.bank.question import Question
from ui.shared import places
from ui.shell.i18n import t, word
from ui.shell.visitors import access, own


def load(question: Question) -> str:
    """Return the learner's last edit of a snippet, or the original text."""
    held = st.session_state.get(_held(question))
    if held is not None:
        return held
    if browser_slot(question):
        return question.snippet.code
    try:
        return _path(question).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return question.snippet.code


def keep(question: Question, code: str) -> None:
    """Write a changed text, and show a message if it cannot be written."""
    if code == load(question):
        return
    st.session_state[_held(question)] = code
    if browser_slot(question):
        return
    path = _path(question)
    try:
        places.check_disk()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, "utf-8", errors="replace")
    except UserError as error:
        st.warning(word(error.message))
    except OSError as error:
        st.warning(t("snippet.cannot_keep", why=error.strerror or str(error)))


def reset(question: Question) -> None:
    """Restore the original text; the editor shows it from its next epoch on."""
    st.session_state.pop(_held(question), None)
    st.session_state[_epoch(question)] = epoch(question) + 1
    if browser_slot(question):
        return
    try:
        _path(question).unlink(missing_ok=True)
    except OSError as error:
        st.warning(t("snippet.cannot_keep", why=error.strerror or str(error)))


def epoch(question: Question) -> int:
    """Return how often the snippet was reset in this session."""
    return st.session_state.get(_epoch(question), 0)


def browser_slot(question: Question) -> str:
    """Return the browser's key for the text on a server, where files would be shared."""
    return f"residual:{question.id}" if access.refusal() else ""


def _path(question: Question):
    return own.home() / "edits" / f"{question.id}.py"


def _held(question: Question) -> str:
    return f"edited_{question.id}"


def _epoch(question: Question) -> str:
    return f"edit_epoch_{question.id}"
