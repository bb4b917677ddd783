"""Draw one run of the shelf: its name as a link, and what can be done with it."""

import streamlit as st

from base.messages import UserError
from resnet_core import library, runs
from resnet_core.library import Entry, Label
from ui.library.words import facts
from ui.shared.made_file import made_file
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t, word

REFUSED = "library_refused"  # what the last request came to, where it was refused


def row(entry: Entry) -> None:
    """Draw a run with its buttons."""
    run = entry.run
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = as_text(library.called(run.id, entry.label, language()))
            with st.container():
                navigation.link("lab", f"**{name}**", run=run.id)
                st.caption(facts(entry, runs.status(run.folder).name))
            _edit(entry)
            _export(run)
            st.button(
                t("library.throw"),
                key=f"library_throw_{run.id}",
                icon=":material/delete:",
                help=t("library.throw_help"),
                on_click=_throw,
                args=(run,),
            )
        refused = st.session_state.pop(f"{REFUSED}_{run.id}", None)
        if refused is not None:
            st.error(word(refused), icon=":material/error:")


def _edit(entry: Entry) -> None:
    run_id = entry.run.id
    popover = st.popover(t("library.edit"), key=f"library_edit_{run_id}", on_change="rerun")
    if not popover.open:
        return
    with popover, st.form(f"library_form_{run_id}", border=False):
        name = st.text_input(
            t("library.name"),
            entry.label.name,
            max_chars=60,
            placeholder=library.called(run_id, Label(), language()),
            help=t("library.name_help"),
            key=f"library_name_{run_id}",
        )
        tags = st.text_input(
            t("library.tags"),
            ", ".join(entry.label.tags),
            help=t("library.tags_help"),
            key=f"library_tags_{run_id}",
        )
        if st.form_submit_button(t("library.save")):
            _save(entry, name, tags)


def _save(entry: Entry, name: str, tags: str) -> None:
    try:
        words = " ".join(name.split())
        label = Label(words, library.tags_of(tags), entry.label.imported)
        library.write_label(entry.run.folder, label)
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    else:
        st.rerun()


def _export(run: runs.Run) -> None:
    """Offer the archive of a run. It is made when it is asked for."""
    made_file(
        t("library.export"),
        lambda: library.pack(run),
        f"{run.id}.zip",
        "application/zip",
        key=f"library_export_{run.id}",
        help=t("library.export_help"),
    )


def _throw(run: runs.Run) -> None:
    try:
        library.throw(run.folder)
    except UserError as error:
        st.session_state[f"{REFUSED}_{run.id}"] = error.message
