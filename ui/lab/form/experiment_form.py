"""Ask what to train: presets first, then the learner's own experiment."""

from dataclasses import replace

import streamlit as st

from resnet_core import jobs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import MOST_SEEDS, Experiment
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from study.practice import recorded_curves
from ui.charts.training import recorded
from ui.lab.code_files import code_of_experiment
from ui.lab.form.own import own
from ui.lab.labels import arm_names, data_name, duration, large
from ui.lab.share_link import share_link
from ui.shell import address
from ui.shell.i18n import t


def choose(datasets: list[str], label: str) -> Experiment | None:
    """Return the experiment whose Start was pressed. `label` names the best of the data sets."""
    asked = address.value("preset", PRESETS, DEMONSTRATION)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        st.header(t("lab.presets"), anchor=False)
        seeds = _seeds()
    chosen = None
    for place, (name, preset) in zip(st.columns(len(PRESETS)), PRESETS.items(), strict=True):
        with place, st.container(border=True, height="stretch"):
            preset = replace(preset, dataset=datasets[0], seeds=seeds)
            if _card(name, preset, label, name == asked):
                chosen = preset
    if chosen is not None:
        return chosen
    with st.expander(t("lab.own")):
        experiment = own(datasets, label)
        if experiment is not None:
            experiment = replace(experiment, seeds=seeds)
            jobs.choose_next(experiment)
            st.caption(estimate(experiment, label))
            if st.button(t("lab.start"), key="lab_start_own"):
                return experiment
            code_of_experiment(experiment)
            share_link(experiment)
    return None


def _seeds() -> int:
    """Draw the choice of how many seeds each experiment of the page has. Return it."""
    options = list(range(1, MOST_SEEDS + 1))
    changed = address.follow("seeds", "lab_seeds", options, 1)
    chosen = st.segmented_control(
        t("seeds.how_many"),
        options,
        required=True,
        key="lab_seeds",
        on_change=changed,
        help=t("seeds.how_many_help"),
    )
    return int(chosen or 1)


def _card(name: str, preset: Experiment, label: str, first: bool) -> bool:
    """Draw one experiment of the gallery. Return whether its Start was pressed."""
    st.markdown(f"**{t(f'preset.{name}.title')}**")
    kind = "primary" if first else "secondary"
    pressed = st.button(t("lab.start"), key=f"lab_start_{name}", type=kind)
    st.markdown(t(f"preset.{name}.what"))
    _recorded(name)
    st.caption(estimate(preset, label))
    return pressed


def _recorded(name: str) -> None:
    """Draw the curves of this preset's run that ships, labelled as a recording."""
    kept = recorded_curves.load(name)
    names = arm_names(list(kept["arms"]))
    lines = {arm: recorded_curves.loss_line(series) for arm, series in kept["arms"].items()}
    shown = recorded.frame(recorded.thinned(lines), names)
    st.vega_lite_chart(shown, recorded.thumbnail(shown, names), key=f"t_{name}")
    st.caption(t("lab.recorded", data=data_name(kept["data"]), seed=kept["seed"]))


def _length(experiment: Experiment) -> str:
    """Return the number of steps, times the seeds where there are several."""
    steps, seeds = experiment.train.steps, experiment.seeds
    return str(steps) if seeds == 1 else t("seeds.times", steps=steps, seeds=seeds)


def estimate(experiment: Experiment, label: str) -> str:
    """Return how long an experiment will take, and what its nets cost."""
    expected, train = jobs.estimate(experiment), experiment.train
    counts = {
        arm: t(
            "lab.counts",
            parameters=f"{arithmetic.parameters(net):,}",
            macs=large(arithmetic.macs(net)),
        )
        for arm, net in experiment.arms.items()
    }
    names = arm_names(list(experiment.arms))
    same = len(set(counts.values())) == 1
    each = [next(iter(counts.values()))] if same else [f"{names[a]} {c}" for a, c in counts.items()]
    return t(
        f"lab.estimate_{expected.basis}",
        seconds=duration(expected.seconds),
        steps=_length(experiment),
        arms=" / ".join(names.values()),
        counts=" · ".join(each),
        rate=f"{train.learning_rate:g}",
        data=data_name("synthetic" if experiment.dataset == "synthetic" else label),
    )
