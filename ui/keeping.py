"""The review log as pages see it; a store that cannot be opened is a sentence, not a traceback."""

import streamlit as st

from resnet_core.wording import Said
from ui.texts import word


def the_store():
    """The open store, or None after its error was shown."""
    from study.store import ProgressError, default_url

    try:
        return _opened(default_url())
    except ProgressError as error:
        st.error(word(error.words), icon=":material/error:")
        return None


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(url: str):
    from study.store import Store

    return Store(url)


def keep(store, row) -> bool:
    """Append; the sentence where it fails. What was answered stays on the page."""
    try:
        store.append(row)
    except Said as error:
        st.error(word(error.words), icon=":material/error:")
        return False
    return True
