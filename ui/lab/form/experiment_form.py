"""Ask what to train: presets first, then the learner's own experiment."""

from dataclasses import replace

import streamlit as st

from resnet_core import jobs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from study.practice import recorded_curves
from ui.charts import thumbnail
from ui.lab.code_files import code_of_experiment
from ui.lab.form.own import own
from ui.lab.labels import arm_names, data_name, duration, large
from ui.lab.share_link import share_link
from ui.shell.i18n import t


def choose(datasets: list[str], label: str) -> Experiment | None:
    """Return the experiment whose Start was pressed. `label` names the best of the data sets."""
    asked = str(st.query_params.get("preset", ""))
    st.header(t("lab.presets"), anchor=False)
    chosen = None
    for place, (name, preset) in zip(st.columns(len(PRESETS)), PRESETS.items(), strict=True):
        with place, st.container(border=True, height="stretch"):
            preset = replace(preset, dataset=datasets[0])
            if _card(name, preset, label, name == (asked or DEMONSTRATION)):
                chosen = preset
    if chosen is not None:
        return chosen
    with st.expander(t("lab.own")):
        experiment = own(datasets, label)
        if experiment is not None:
            st.caption(estimate(experiment, label))
            if st.button(t("lab.start"), key="lab_start_own"):
                return experiment
            code_of_experiment(experiment)
            share_link(experiment)
    return None


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
    losses = {arm: recorded_curves.smooth(one["loss"]) for arm, one in kept["arms"].items()}
    shown = thumbnail.frame(losses, names)
    st.vega_lite_chart(shown, thumbnail.thumbnail(shown, names), key=f"t_{name}")
    st.caption(t("lab.recorded", data=data_name(kept["data"]), seed=kept["seed"]))


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
        steps=train.steps,
        arms=" / ".join(names.values()),
        counts=" · ".join(each),
        rate=f"{train.learning_rate:g}",
        data=data_name("synthetic" if experiment.dataset == "synthetic" else label),
    )
