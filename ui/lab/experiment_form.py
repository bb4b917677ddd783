"""What to train: presets first, then every control with a line on what it does."""

from dataclasses import replace

import streamlit as st

from base.messages import UserError
from resnet_core import jobs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from ui.lab.labels import arm_names, data_name, duration, large
from ui.shell.i18n import named, t, word

DIALS = ("skip", "batch_norm", "init", "shortcut", "none")
DEPTHS = (8, 14, 20, 32, 44, 56, 110)
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


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
        experiment = _own(datasets)
        if experiment is not None:
            st.caption(_estimate(experiment, label))
            if st.button(t("lab.start"), key="lab_start_own"):
                return experiment
    return None


def _card(name: str, preset: Experiment, label: str, first: bool) -> bool:
    """Draw one experiment of the gallery and return whether its Start was pressed."""
    st.markdown(f"**{t(f'preset.{name}.title')}**")
    kind = "primary" if first else "secondary"
    pressed = st.button(t("lab.start"), key=f"lab_start_{name}", type=kind)
    st.markdown(t(f"preset.{name}.what"))
    st.caption(_estimate(preset, label))
    return pressed


def _own(datasets: list[str]) -> Experiment | None:
    left, right = st.columns(2)
    with left:
        depth = st.select_slider(
            t("lab.depth"), DEPTHS, 20, help=t("lab.depth_help"), key="lab_depth"
        )
        width = st.select_slider(
            t("lab.width"), (4, 8, 16, 32), 8, help=t("lab.width_help"), key="lab_width"
        )
        dial = st.radio(
            t("lab.dial"),
            DIALS,
            format_func=named("lab.dial_"),
            help=t("lab.dial_help"),
            key="lab_dial",
        )
        skip = dial == "skip" or st.toggle(
            t("lab.skip"), True, help=t("lab.skip_help"), key="lab_skip"
        )
        norm = dial == "batch_norm" or st.toggle(
            t("lab.norm"), True, help=t("lab.norm_help"), key="lab_norm"
        )
        init = "he"
        if dial != "init":
            init = st.segmented_control(
                t("lab.init"),
                ("he", "glorot"),
                default="he",
                required=True,
                format_func=named("lab.init_"),
                help=t("lab.init_help"),
                key="lab_init",
            )
        shortcut = "A"
        if dial != "shortcut" and skip:
            shortcut = st.segmented_control(
                t("lab.shortcut"),
                ("A", "B"),
                default="A",
                required=True,
                help=t("lab.shortcut_help"),
                key="lab_shortcut",
            )
    with right:
        rate = st.select_slider(t("lab.rate"), RATES, 0.05, help=t("lab.rate_help"), key="lab_rate")
        batch = st.select_slider(
            t("lab.batch"), (16, 32, 64, 128), 64, help=t("lab.batch_help"), key="lab_batch"
        )
        steps = st.number_input(
            t("lab.steps"), 1, 100_000, 100, help=t("lab.steps_help"), key="lab_steps"
        )
        seed = st.number_input(
            t("lab.seed"), 0, 2**31 - 1, 0, help=t("lab.seed_help"), key="lab_seed"
        )
        augment = st.toggle(t("lab.augment"), False, help=t("lab.augment_help"), key="lab_augment")
        dataset = st.selectbox(
            t("lab.dataset"),
            datasets,
            format_func=named("data."),
            help=t("lab.dataset_help"),
            key="lab_dataset",
        )
    try:
        net = NetConfig(depth, width, skip, shortcut, norm, init, 100 if "100" in dataset else 10)
        train = TrainConfig(steps=steps, batch=batch, learning_rate=rate, augment=augment)
        return Experiment("custom", _arms(net, dial), train, dataset, seed)
    except UserError as error:
        st.error(word(error.message))
        return None


def _arms(net: NetConfig, dial: str) -> dict[str, NetConfig]:
    """Return arms that differ in the dial's field and in nothing else."""
    return {
        "skip": lambda: {"residual": replace(net, skip=True), "plain": replace(net, skip=False)},
        "batch_norm": lambda: {
            "batch-norm": replace(net, batch_norm=True),
            "no-batch-norm": replace(net, batch_norm=False),
        },
        "init": lambda: {"he": replace(net, init="he"), "glorot": replace(net, init="glorot")},
        "shortcut": lambda: {
            "option-A": replace(net, skip=True, shortcut="A"),
            "option-B": replace(net, skip=True, shortcut="B"),
        },
        "none": lambda: {"residual" if net.skip else "plain": net},
    }[dial]()


def _estimate(experiment: Experiment, label: str) -> str:
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
