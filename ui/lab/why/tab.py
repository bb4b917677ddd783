"""Draw the tab "Why": measure the nets of a run or those that ship, and show the results.

A measurement is a run of its own, with no steps, in the worker: it waits in the queue and can be
followed, stopped and opened again like any other.
"""

import streamlit as st

from base.messages import UserError
from resnet_core import jobs, runs, shipped
from resnet_core.experiment.config import SHIPPED, Experiment
from resnet_core.experiment.diagnostics import DIAGNOSTICS, FOUR
from resnet_core.experiment.measuring import measured
from resnet_core.runs import checkpoints
from ui.lab.labels import duration
from ui.lab.why.charts import why_charts
from ui.shared import own_runs
from ui.shell import navigation
from ui.shell.i18n import named, t, word

OF, WHICH = "lab_why_of", "lab_why_which"
GROUPS = {"four": FOUR, "more": tuple(name for name in DIAGNOSTICS if name not in FOUR)}


def why_tab(run: runs.Run, past: runs.History, aside: int | None = None) -> None:
    """Draw the choice of weights, the button, and what was measured on them.

    `past` is the seed of the run that is shown; `aside` names it if later seeds followed it.
    """
    st.caption(t("why.what"))
    group = st.segmented_control(
        t("why.which"),
        list(GROUPS),
        default="four",
        required=True,
        format_func=named("why.which_"),
        key=WHICH,
    )
    choices = _choices(run, past, aside, GROUPS.get(group or "four", FOUR))
    chosen = st.segmented_control(
        t("why.of"),
        list(choices),
        default=next(iter(choices)),
        required=True,
        format_func=named("why.choice_"),
        key=OF,
    )
    experiment = choices.get(chosen) or next(iter(choices.values()))
    known = _measured_before(experiment)
    seconds = duration(jobs.estimate(experiment).seconds)
    _facts(experiment)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("why.measure", seconds=seconds), key="lab_why", icon=":material/biotech:"):
            _start(experiment, "" if chosen == "shipped" else run.source)
        if known is not None:
            navigation.link("lab", t("why.open"), run=known.id)
    if known is not None:
        why_charts(known, runs.history(known.folder))
    elif chosen == "run":
        why_charts(run, past)  # what the run itself measured, after its last step


def _choices(
    run: runs.Run, past: runs.History, aside: int | None, names: tuple[str, ...]
) -> dict[str, Experiment]:
    """Return what can be measured: these nets as trained, as initialised, and those that ship."""
    experiment, found = run.experiment, {}
    seed = experiment.seed if past.seed is None else past.seed
    of_these = {"dataset": experiment.dataset, "seed": seed}
    if checkpoints.any_kept(run.folder / runs.CHECKPOINTS, aside):
        found["run"] = measured(experiment.arms, names, weights=run.id, **of_these)
    found["initial"] = measured(experiment.arms, names, **of_these)
    nets = {"residual" if one.net.skip else "plain": one.net for one in shipped.known()}
    if nets:
        found["shipped"] = measured(nets, names, weights=SHIPPED)
    return found


def _facts(experiment: Experiment) -> None:
    """Say how the weights that ship were trained and what they reach."""
    if experiment.weights != SHIPPED:
        return
    lines = [
        t(
            "why.ships",
            name=one.name,
            steps=f"{one.steps:,}",
            data=one.data,
            percent=f"{100 * one.accuracy:.2f}",
            images=f"{one.images:,}",
        )
        for one in shipped.known()
    ]
    st.caption("  \n".join(lines))


def _measured_before(experiment: Experiment) -> runs.Run | None:
    """Return the newest run that measured the same, searched once a session and choice."""
    key = f"lab_why_known_{experiment.weights}_{experiment.to_json()}"
    if key not in st.session_state:
        same = (one for one in own_runs.every() if one.experiment == experiment)
        st.session_state[key] = next(same, None)
    known: runs.Run | None = st.session_state[key]
    return known


def _start(experiment: Experiment, source: str) -> None:
    try:
        started = own_runs.start(experiment, source)
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    else:
        st.session_state[f"lab_why_known_{experiment.weights}_{experiment.to_json()}"] = started
        navigation.go("lab", run=started.id)
