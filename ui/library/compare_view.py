"""Compare runs: first the settings in which they differ, then their curves together."""

import math

import pandas as pd
import streamlit as st

from base.messages import UserError
from resnet_core import library, runs
from resnet_core.diagnosis.marks import changes_made
from ui.charts.training import curves, overlay
from ui.lab.description import description
from ui.lab.labels import arm_names, data_name, told
from ui.lab.watch import seed_curves
from ui.library.words import NOTHING, value_of
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import language, t

MOST = 5


def compare_view(asked: str) -> None:
    """Draw the runs whose ids are in the address, separated by commas."""
    navigation.link("lab", t("library.back"), shelf="all")
    st.header(t("library.compare_heading"), anchor=False)
    found = _loaded(asked)
    if len(found) < 2:
        st.warning(t("library.compare_gone"))
        return
    names = _names(found)
    with st.container(horizontal=True, gap="xsmall"):
        for run in found:
            navigation.link("lab", f"**{as_text(names[run.id])}**", run=run.id)
    st.subheader(t("library.differences"), anchor=False)
    _differences(found, names)
    _curves(found, names)
    for run in found:
        st.caption(f"**{as_text(names[run.id])}**  \n{description(run)}")


def _loaded(asked: str) -> list[runs.Run]:
    """Return the runs of the address, each once, or an empty list if one of them is missing."""
    ids = list(dict.fromkeys(asked.split(",")))[:MOST]
    try:
        return [own_runs.load(run_id) for run_id in ids]
    except UserError:
        return []


def _names(found: list[runs.Run]) -> dict[str, str]:
    """Return what each run is called. Runs of the same name get a number."""
    called = {
        run.id: library.called(run.id, library.label_of(run.folder), language()) for run in found
    }
    taken = list(called.values())
    return {
        run_id: f"{name} {place}" if taken.count(name) > 1 else name
        for place, (run_id, name) in enumerate(called.items(), start=1)
    }


def _differences(found: list[runs.Run], names: dict[str, str]) -> None:
    rows = library.differences([run.experiment for run in found])
    changed = [_changed(run) for run in found]
    if not rows:
        st.markdown(t("library.same"))
    if not rows and not any(changed):
        return
    table = {t("library.setting"): [t(f"setting.{row.setting}") for row in rows]}
    for place, run in enumerate(found):
        table[names[run.id]] = [value_of(row.setting, row.values[place]) for row in rows]
    if any(changed):
        table[t("library.setting")].append(t("library.changed"))
        for run, words in zip(found, changed, strict=True):
            table[names[run.id]].append(words or NOTHING)
    st.dataframe(pd.DataFrame(table), hide_index=True, width="stretch")


def _changed(run: runs.Run) -> str:
    """Return what was changed in a run while it trained, and at which steps; often nothing."""
    return told(changes_made(runs.history(run.folder).by_seed[0]))


def _curves(found: list[runs.Run], names: dict[str, str]) -> None:
    st.subheader(t("chart.loss"), anchor=False)
    lines, labels = [], []
    for run in found:
        past = runs.history(run.folder)
        arms = arm_names(list(run.experiment.arms))
        frame = seed_curves.table(run, past, "loss")[["step", *arms]]  # of several seeds the mean
        lines.append(overlay.lines(frame, names[run.id], arms))
        labels.append((past.started or {}).get("data", {}).get("label", ""))
    frame = pd.concat(lines)
    if frame.empty:
        st.caption(t("library.no_curves"))
        return
    guess = max(math.log(run.experiment.classes) for run in found)
    titles = {"value": t("chart.loss"), "step": t("chart.step"), "arm": t("chart.arm")}
    spec = overlay.spec(frame, list(names.values()), titles, guess)
    st.vega_lite_chart(frame, spec, key="library_overlay", width="stretch", alt=t("alt.overlay"))
    data = ", ".join(dict.fromkeys(as_text(data_name(label)) for label in labels if label))
    st.caption(f"{t('library.loss_read', window=curves.WINDOW)} {t('chart.data', data=data)}")
