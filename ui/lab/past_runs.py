"""List the newest experiments. The library has all runs, with search, comparison and the bin."""

import streamlit as st

from resnet_core import library, runs
from ui.lab.labels import run_name
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t
from ui.shell.visitors import own

SHOWN = 8


def past_runs() -> None:
    """Draw the learner's own newest experiments, folded up, each with its link."""
    every = library.entries(own.runs())
    if not every and not library.thrown(own.runs()):
        return
    mine = library.found(every, kind="own")  # those of claims and measurements are in the library
    with st.expander(t("lab.past", count=len(mine))):
        navigation.link("lab", t("library.open"), shelf="all")
        for entry in mine[:SHOWN]:
            run, status = entry.run, runs.status(entry.run.folder)
            name = as_text(library.called(run.id, entry.label, language()))
            moment = run.created[:16].replace("T", " ")
            facts = f"{run_name(run.experiment)} · {moment} · {t(f'status.{status.name}')}"
            navigation.link("lab", f"**{name}** · {facts}", run=run.id)
