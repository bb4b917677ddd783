"""Draw the form of an own experiment: the basics first, further toggles in tabs by group."""

from typing import Any

import streamlit as st

from base.messages import UserError
from resnet_core.experiment.config import CLASSES, Experiment, NetConfig, TrainConfig
from resnet_core.experiment.net import INITS
from ui.charts.training import schedule
from ui.lab.blocks.switch import draw_blocks
from ui.lab.form import net_tabs, train_tabs
from ui.lab.form.comparison import DIAL, FEWEST, NOTHING, arm_of, compared
from ui.shell.i18n import named, t, word

SKIP = "lab_skip"
TABS = ("shortcut", "block", "start", "optimizer", "schedule", "regularisation")
DEPTHS = {  # by the blocks of the arms
    ("basic",): (8, 14, 20, 32, 44, 56, 110),
    ("bottleneck",): (11, 20, 29, 38, 56, 110),
    ("basic", "bottleneck"): (20, 38, 56, 110),
}
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
BATCHES = (16, 32, 64, 128)
WIDTHS = (4, 8, 16, 32)


def own(datasets: list[str], label: str) -> Experiment | None:
    """Draw the form. Return its experiment, or say what prevents it."""
    dial, values = compared()
    left, right = st.columns(2)
    with left:
        size = st.container()
        net = _net_basics(dial)
    with right:
        train = _train_basics()
        seed, dataset = _data(datasets)
    st.subheader(t("lab.toggles"), anchor=False)
    tabs = dict(zip(TABS, st.tabs([t(f"toggle.tab_{tab}") for tab in TABS]), strict=True))
    with tabs["shortcut"]:
        net |= net_tabs.shortcut(dial, skips=dial == "skip" or net["skip"])
    with tabs["block"]:
        net |= net_tabs.block(dial)
    with tabs["start"]:
        net |= net_tabs.start(dial)
    with tabs["optimizer"]:
        train |= train_tabs.optimizer()
    with tabs["schedule"]:
        chosen, drawn = st.columns(2)
        with chosen:
            train |= train_tabs.schedule(train["steps"])
    with tabs["regularisation"]:
        train |= train_tabs.regularisation(dataset, label)
    with size:
        blocks = values if dial == "block" else [net["block"]]
        net |= _size(tuple(blocks))
    if dial != NOTHING and len(values) < FEWEST:
        st.info(t("lab.dial_too_few"), icon=":material/info:")
        return None
    try:
        how = TrainConfig(**train)
        with drawn:
            _draw_schedule(how)
        net["classes"] = CLASSES[dataset]
        experiment = Experiment("custom", _arms(net, dial, values), how, dataset, seed)
    except UserError as error:
        st.warning(word(error.message), icon=":material/block:")
        return None
    st.subheader(t("block.what"), anchor=False)
    arms = experiment.arms
    draw_blocks(arms, "lab_block", _switch_skip, switches=frozenset(arms))
    st.caption(t("block.caption"))
    return experiment


def _switch_skip(arm: str) -> None:
    """Take the skip that was touched out of the form's net, or put it back.

    If the arms differ by their skips, or by what lies on them, only one net remains.
    """
    compared_by_skip = {"residual": True, "plain": False}
    dial = st.session_state.get(DIAL, "skip")
    if dial == "skip":
        st.session_state[SKIP] = not compared_by_skip[arm]
    else:
        st.session_state[SKIP] = not st.session_state.get(SKIP, True)
    if dial in ("skip", "shortcut"):
        st.session_state[DIAL] = NOTHING


def _size(blocks: tuple[str, ...]) -> dict[str, Any]:
    depths = DEPTHS.get(blocks, DEPTHS["basic", "bottleneck"])
    return {
        "depth": st.select_slider(
            t("lab.depth"),
            depths,
            20,
            help=t("lab.depth_help"),
            key=f"lab_depth_{'_'.join(blocks)}",
        ),
        "width": st.select_slider(
            t("lab.width"), WIDTHS, 8, help=t("lab.width_help"), key="lab_width"
        ),
    }


def _net_basics(dial: str) -> dict[str, Any]:
    values: dict[str, Any] = {"skip": True, "batch_norm": True, "init": "he"}
    if dial not in ("skip", "shortcut"):  # without skips there are no shortcuts to compare
        st.session_state.setdefault(SKIP, True)  # the drawing of the block sets it as well
        values["skip"] = st.toggle(t("lab.skip"), help=t("lab.skip_help"), key=SKIP)
    if dial != "batch_norm":
        values["batch_norm"] = st.toggle(
            t("lab.norm"), True, help=t("lab.norm_help"), key="lab_norm"
        )
    if dial != "init":
        values["init"] = st.segmented_control(
            t("lab.init"),
            INITS,
            default="he",
            required=True,
            format_func=named("lab.init_"),
            help=t("lab.init_help"),
            key="lab_init",
        )
    return values


def _train_basics() -> dict[str, Any]:
    return {
        "learning_rate": st.select_slider(
            t("lab.rate"), RATES, 0.05, help=t("lab.rate_help"), key="lab_rate"
        ),
        "batch": st.select_slider(
            t("lab.batch"), BATCHES, 64, help=t("lab.batch_help"), key="lab_batch"
        ),
        "steps": st.number_input(
            t("lab.steps"), 1, 100_000, 100, help=t("lab.steps_help"), key="lab_steps"
        ),
    }


def _data(datasets: list[str]) -> tuple[int, str]:
    seed = st.number_input(t("lab.seed"), 0, 2**31 - 1, 0, help=t("lab.seed_help"), key="lab_seed")
    dataset = st.selectbox(
        t("lab.dataset"),
        datasets,
        format_func=named("data."),
        help=t("lab.dataset_help"),
        key="lab_dataset",
    )
    return seed, dataset


def _arms(net: dict[str, Any], dial: str, values: list[Any]) -> dict[str, NetConfig]:
    """Return arms that differ only in the compared field."""
    if dial == NOTHING:
        return {arm_of("skip", net["skip"]): NetConfig(**net)}
    return {arm_of(dial, value): NetConfig(**{**net, dial: value}) for value in values}


def _draw_schedule(train: TrainConfig) -> None:
    frame = schedule.table(train.rate_at, train.steps)
    titles = {"step": t("chart.step"), "rate": t("lab.rate")}
    spec = schedule.spec(titles, train.steps, train.learning_rate)
    st.vega_lite_chart(frame, spec, key="chart_schedule", width="stretch", alt=t("alt.schedule"))
    st.caption(t("toggle.schedule_read"))
