"""Draw what a run that has not begun is waiting for: its turn, or the worker."""

from pathlib import Path

import streamlit as st

from resnet_core import jobs, runs
from ui.shell.i18n import t


def queued(folder: Path) -> None:
    """Say what a run waits for. The first in the queue waits for the worker, not for its turn.

    On a cluster it waits for a place there.
    """
    place = runs.queued_place(folder) or 1
    if place == 1 and jobs.worker_state() != "busy":
        told = "status.seat_opening" if jobs.executor().many else "status.worker_starting"
        st.info(t(told), icon=":material/bolt:")
    else:
        st.info(t("status.queued_place", place=place), icon=":material/hourglass_empty:")
