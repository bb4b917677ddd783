"""Draw what the address asks for: the shelf, the bin, or runs compared."""

import streamlit as st

from base.messages import UserError
from ui.library.bin_view import bin_view
from ui.library.compare_view import compare_view
from ui.library.shelf_view import shelf_view
from ui.shell import address
from ui.shell.i18n import word

SHELF, BIN = "all", "bin"


def asked() -> bool:
    """Return whether the address leads into the library."""
    return bool(address.value("shelf") or address.value("compare"))


def library_page() -> None:
    """Draw the place of the library that the address names."""
    try:
        if compared := address.value("compare"):
            compare_view(compared)
        elif address.value("shelf") == BIN:
            bin_view()
        else:
            shelf_view()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
