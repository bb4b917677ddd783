"""Draw the form of an own comparison: what the ways share, then two ways side by side."""

from typing import Any

import streamlit as st

from base.messages import UserError
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig, Way
from resnet_core.experiment.fine_tuning.comparisons import comparison
from resnet_core.experiment.fine_tuning.kinds import NORMS, PARTS, SPLITS
from ui.lab.corner.words import classes
from ui.shell.i18n import named, t, word

WAYS = ("way-a", "way-b")
FIRST_WAYS = {"way-a": ("all", 0), "way-b": ("all", 60)}  # what the form starts with
DEPTHS, WIDTHS, BATCHES = (8, 14, 20), (8, 16), (2, 4, 8, 16, 32, 64)
RATES = (0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
SHARES = (0.001, 0.01, 0.1, 0.3, 1.0, 3.0)
IMAGES = (40, 100, 200, 500, 1000, 2000)
EVALUATIONS = 6  # in a run


def own(datasets: list[str]) -> Experiment | None:
    """Draw the form. Return its experiment, or say what prevents it."""
    dataset, split = _data(datasets)
    shared, net, train = _shared()
    ways = dict(zip(WAYS, st.columns(len(WAYS)), strict=True))
    chosen = {}
    for name, place in ways.items():
        with place, st.container(border=True):
            chosen[name] = _way(name)
    try:
        made = {name: Way(**values) for name, values in chosen.items()}
        return comparison("own-ways", made, train, net=net, dataset=dataset, split=split, **shared)
    except UserError as error:
        st.warning(word(error.message), icon=":material/block:")
        return None


def _data(datasets: list[str]) -> tuple[str, str]:
    left, right = st.columns(2)
    with left:
        dataset = st.selectbox(
            t("lab.dataset"),
            datasets,
            format_func=named("data."),
            help=t("fine_tuning.dataset_help"),
            key="corner_dataset",
        )
    with right:
        split = st.selectbox(
            t("fine_tuning.split"),
            list(SPLITS),
            format_func=named("fine_tuning.split_"),
            key="corner_split",
        )
    st.caption(
        t(
            "fine_tuning.split_is",
            what=t(f"fine_tuning.split_{split}_what"),
            learned=classes(dataset, SPLITS[split].learned[dataset]),
            new=classes(dataset, SPLITS[split].new[dataset]),
        )
    )
    return dataset, split


def _shared() -> tuple[dict[str, Any], NetConfig, TrainConfig]:
    """Draw what both ways have in common. Return it, the net and the training."""
    left, middle, right = st.columns(3)
    with left:
        depth = _one_of("lab.depth", DEPTHS, 8, "corner_depth")
        width = _one_of("lab.width", WIDTHS, 8, "corner_width")
        seed = st.number_input(t("lab.seed"), 0, 2**31 - 1, 0, key="corner_seed")
    with middle:
        images = _one_of("fine_tuning.images", IMAGES, 200, "corner_images")
        rate = _one_of("fine_tuning.rate_of_head", RATES, 0.1, "corner_rate")
        source = st.number_input(
            t("fine_tuning.source_steps"), 20, 20_000, 600, key="corner_source_steps"
        )
    with right:
        batch = _one_of("lab.batch", BATCHES, 32, "corner_batch")
        steps = int(st.number_input(t("lab.steps"), 10, 20_000, 120, key="corner_steps"))
    train = TrainConfig(
        steps=steps,
        batch=batch,
        learning_rate=rate,
        flow_every=10,
        evaluate_every=max(1, steps // EVALUATIONS),
        evaluate_images=1000,
    )
    shared = {"images": images, "source_steps": int(source), "seed": int(seed)}
    return shared, NetConfig(depth, width), train


def _way(name: str) -> dict[str, Any]:
    """Draw one way. Return its fields; both ways are drawn even if one of them makes no sense."""
    trains, head_first = FIRST_WAYS[name]
    st.markdown(f"**{t(f'arm.{name}')}**")
    return {
        "trains": _variant("trains", list(PARTS), trains, name),
        "head_first": int(
            st.number_input(
                t("fine_tuning.head_first"),
                0,
                20_000,
                head_first,
                key=f"{name}_head_first",
                help=t("fine_tuning.head_first_help"),
            )
        ),
        "body_rate": _one_of("fine_tuning.body_rate", SHARES, 0.1, f"{name}_body_rate"),
        "norms": _variant("norms", list(NORMS), NORMS.default, name),
        "pretrained": st.toggle(
            t("fine_tuning.pretrained"),
            True,
            key=f"{name}_pretrained",
            help=t("fine_tuning.pretrained_help"),
        ),
    }


def _variant(field: str, names: list[str], first: str, way: str) -> str:
    """Draw the variants of a field of a way, and the line of the chosen one."""
    chosen: str = st.segmented_control(
        t(f"fine_tuning.{field}"),
        names,
        default=first,
        required=True,
        format_func=named(f"fine_tuning.{field}_"),
        key=f"{way}_{field}",
        wrap=True,
    )
    st.caption(t(f"fine_tuning.{field}_{chosen}_what"))
    return chosen


def _one_of(title: str, values: tuple[Any, ...], first: Any, key: str) -> Any:
    return st.select_slider(t(title), values, first, key=key)
