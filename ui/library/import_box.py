"""Take in a run that was exported, here or by a stranger."""

import streamlit as st

from base.messages import UserError
from resnet_core import library
from ui.shared import places
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t, word
from ui.shell.visitors import own

MOST_MB = 64


def import_box() -> None:
    """Draw the import, folded up."""
    folded = st.expander(t("library.import"), key="library_import", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.markdown(t("library.import_what"))
        given = st.file_uploader(
            t("library.import"),
            type=["zip"],
            max_upload_size=MOST_MB,
            key="library_file",
            label_visibility="collapsed",
        )
        if given is None or not st.button(t("library.import_do"), key="library_import_do"):
            return
        try:
            places.check_disk()
            run = library.unpack(given.getvalue(), own.runs(), own.owner())
        except UserError as error:
            st.error(word(error.message), icon=":material/error:")
            return
        name = library.called(run.id, library.label_of(run.folder), language())
        st.success(t("library.imported_now", name=as_text(name)))
        navigation.link("lab", as_text(name), run=run.id)
