"""Ask in which one field the arms differ, and which of its values are compared."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from resnet_core.experiment.net import (
    ACTIVATIONS,
    BLOCKS,
    INITS,
    KERNELS,
    ORDERS,
    SHORTCUTS,
    STARTS,
)
from ui.lab.form.toggles import label_of
from ui.shell.i18n import named, t

DIAL = "lab_dial"
NOTHING = "none"
VALUES: dict[str, Sequence[Any]] = {  # values of the fields by which nets can be compared
    "skip": (True, False),
    "batch_norm": (True, False),
    "init": INITS,
    "shortcut": tuple(SHORTCUTS),
    "order": tuple(ORDERS),
    "block": tuple(BLOCKS),
    "start": tuple(STARTS),
    "squeeze": (False, True),
    "separable": (False, True),
    "kernel": KERNELS,
    "activation": ACTIVATIONS,
}
FEWEST = 2
NAMES = {  # names of arms that are older than this form
    ("skip", True): "residual",
    ("skip", False): "plain",
    ("batch_norm", True): "batch-norm",
    ("batch_norm", False): "no-batch-norm",
    ("init", "he"): "he",
    ("init", "glorot"): "glorot",
    ("shortcut", "A"): "option-A",
    ("shortcut", "B"): "option-B",
}


def compared() -> tuple[str, list[Any]]:
    """Draw the choice. Return the field and its values, one for each arm, or NOTHING and none."""
    dial = st.selectbox(
        t("lab.dial"),
        (*VALUES, NOTHING),
        format_func=named("lab.dial_"),
        help=t("lab.dial_help"),
        key=DIAL,
    )
    values = list(VALUES.get(dial, ()))
    if len(values) <= FEWEST:
        return dial, values
    chosen = st.pills(
        t("lab.dial_arms"),
        values,
        selection_mode="multi",
        default=values[:FEWEST],
        format_func=label_of(dial),
        key=f"lab_arms_{dial}",
    )
    st.caption(t("lab.dial_arms_help"))
    return dial, [value for value in values if value in chosen]


def arm_of(field: str, value: object) -> str:
    """Return the name of an arm by its value of the compared field."""
    if isinstance(value, bool) and (field, value) not in NAMES:
        return f"{field}-{'on' if value else 'off'}"
    return NAMES.get((field, value), f"{field}-{value}")
