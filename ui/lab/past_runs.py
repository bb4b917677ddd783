"""The runs there are, newest first; each can be opened again or deleted."""

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from ui.lab.labels import run_name
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import t, word

SHOWN = 10


def past_runs() -> None:
    """Draw the newest runs, folded up, each with its link."""
    found = own_runs.every()
    if not found:
        return
    with st.expander(t("lab.past", count=len(found))):
        for run in found[:SHOWN]:
            status = runs.status(run.folder)
            with st.container(horizontal=True, vertical_alignment="center"):
                title = run_name(run.experiment)
                label = f"{run.created[:16].replace('T', ' ')} · {title} · "
                navigation.link("lab", label + t(f"status.{status.name}"), run=run.id)
                if not runs.held(run.folder):
                    _delete(run)


def _delete(run: runs.Run) -> None:
    with st.popover(t("lab.delete")):
        st.markdown(t("lab.delete_sure"))
        if st.button(t("lab.delete_yes"), key=f"lab_delete_{run.id}"):
            try:
                runs.delete(run.folder)
            except UserError as error:
                st.error(word(error.message))
            else:
                st.rerun()
