"""Offer a run or an experiment as code that stands alone: a script and a notebook."""

from collections.abc import Callable

import streamlit as st

from base.messages import UserError
from resnet_core import runs, standalone
from resnet_core.experiment.config import Experiment
from ui.shared.made_file import made_file
from ui.shell.i18n import language, t, word


def code_of_run(run: runs.Run) -> None:
    """Draw the downloads of a run, folded up. Nothing is written until one is asked for."""
    _offer(
        t("standalone.title"),
        t("standalone.offer"),
        "run",
        run.id,
        lambda: standalone.of_run(run),
    )


def code_of_experiment(experiment: Experiment) -> None:
    """Draw the downloads of an experiment that has not run yet."""
    _offer(
        t("standalone.title_experiment"),
        t("standalone.offer_experiment"),
        "experiment",
        experiment.name,
        lambda: standalone.of_experiment(experiment),
    )


def _offer(
    title: str, what: str, key: str, name: str, subject: Callable[[], standalone.Subject]
) -> None:
    folded = st.expander(title, key=f"lab_code_{key}", on_change="rerun", icon=":material/code:")
    if not folded.open:
        return
    with folded:
        try:
            written = subject()
        except UserError as error:
            st.info(word(error.message), icon=":material/info:")
            return
        st.markdown(what)
        code = language()  # now: a file is made later, outside the session
        with st.container(horizontal=True):
            made_file(
                t("standalone.as_script"),
                lambda: standalone.script(written),
                f"{name}.py",
                "text/x-python",
                key=f"lab_script_{key}",
            )
            made_file(
                t("standalone.as_notebook"),
                lambda: standalone.notebook(written, code),
                f"{name}.ipynb",
                "application/x-ipynb+json",
                key=f"lab_notebook_{key}",
            )
