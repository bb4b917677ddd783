"""Draw the bin: what was deleted, to restore or to delete for good."""

from collections.abc import Callable

import streamlit as st

from base.messages import UserError
from resnet_core import library, runs
from resnet_core.library import Entry
from ui.library.words import facts, size
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t, word
from ui.shell.visitors import own

REFUSED = "library_bin_refused"


def bin_view() -> None:
    """Draw the deleted runs, newest first, and the button that empties the bin."""
    navigation.link("lab", t("library.back"), shelf="all")
    st.header(t("library.bin_heading"), anchor=False)
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        st.error(word(refused), icon=":material/error:")
    took = library.usage(own.runs()).thrown
    thrown = library.thrown(own.runs())
    if not thrown and not took:
        st.info(t("library.bin_empty"))
        return
    st.markdown(t("library.bin_what"))
    for run in thrown:
        _row(run)
    with st.popover(t("library.empty_now", size=size(took)), icon=":material/delete_forever:"):
        st.button(t("library.empty_sure"), key="library_empty", on_click=_ask, args=(_empty,))


def _row(run: runs.Run) -> None:
    entry = Entry(run, library.label_of(run.folder))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{as_text(library.called(run.id, entry.label, language()))}**")
        st.caption(facts(entry))
        st.button(
            t("library.restore"),
            key=f"library_restore_{run.id}",
            icon=":material/restore_from_trash:",
            on_click=_ask,
            args=(_restore, run.id),
        )


def _restore(run_id: str) -> None:
    library.restore(run_id, own.runs())


def _empty() -> None:
    library.empty(own.runs())


def _ask(action: Callable[..., None], *values: str) -> None:
    """Do what a button asks. A refusal is shown when the page is drawn next."""
    try:
        action(*values)
    except UserError as error:
        st.session_state[REFUSED] = error.message
