"""Draw the tabs about training. Each returns the values it sets."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from resnet_core.experiment.train import OPTIMIZERS, PRECISIONS
from resnet_core.experiment.variants.schedule import SCHEDULES
from ui.lab.form.pictures import augmented
from ui.lab.form.toggles import number, on_off, one_of
from ui.shell.i18n import language, t

CONSTANT = "constant"
FALLS = (50, 75, 90)  # per cent of the steps
MOMENTA = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
DECAYS = (0.0, 1e-5, 1e-4, 5e-4, 1e-3, 1e-2, 5e-2, 0.1)
CLIPS = (0.0, 0.1, 0.5, 1.0, 5.0)
SMOOTHINGS = (0.0, 0.05, 0.1, 0.2)


def optimizer() -> dict[str, Any]:
    """Draw the optimizer, its momentum, clipping, and the precision."""
    left, right = st.columns(2)
    with left:
        values: dict[str, Any] = {
            "optimizer": one_of("optimizer", OPTIMIZERS),
            "momentum": number("momentum", MOMENTA, 0.9),
        }
    with right:
        values["precision"] = one_of("precision", PRECISIONS)
        values["clip_norm"] = number("clip_norm", CLIPS, 0.0)
    return values


def schedule(steps: int) -> dict[str, Any]:
    """Draw the schedule with its warm-up and its drops."""
    others = [name for name in SCHEDULES if name != CONSTANT]
    chosen = one_of("schedule", (CONSTANT, *others))
    values: dict[str, Any] = {"schedule": chosen}
    if chosen == "step":
        falls = st.pills(
            t("toggle.falls"),
            list(FALLS),
            selection_mode="multi",
            default=list(FALLS[:2]),
            format_func=_percent(),
            key="lab_falls",
        )
        values["decay_at"] = tuple(sorted({max(1, steps * fall // 100) for fall in falls}))
    if chosen != "one-cycle":
        values["warmup"] = st.number_input(
            t("toggle.warmup"), 0, 100_000, 0, key="lab_warmup", help=t("toggle.warmup_what")
        )
    return values


def regularisation(dataset: str, label: str) -> dict[str, Any]:
    """Draw decay, label smoothing and augmentation, with pictures of what the nets will see."""
    left, right = st.columns(2)
    with left:
        values: dict[str, Any] = {
            "weight_decay": number("weight_decay", DECAYS, 1e-4),
            "label_smoothing": number("label_smoothing", SMOOTHINGS, 0.0),
            "decay_norms": on_off("decay_norms"),
        }
    with right:
        values["augment"] = on_off("augment")
        if values["augment"]:
            st.image(augmented(dataset, label), caption=t("toggle.augment_pictures"))
    return values


def _percent() -> Callable[[int], str]:
    code = language()
    return lambda share: f"{share} %" if code == "en" else f"{share}%"
