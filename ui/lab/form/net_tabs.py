"""Draw the tabs about the net. Each returns the values it sets, except the compared field."""

from typing import Any

import streamlit as st

from resnet_core.experiment.net import ACTIVATIONS, BLOCKS, KERNELS, ORDERS, SHORTCUTS, STARTS
from ui.lab.form.toggles import on_off, one_of
from ui.shell.i18n import t


def shortcut(compared: str, *, skips: bool) -> dict[str, Any]:
    """Draw the choice of shortcut if an arm has skips."""
    if not skips:
        st.caption(t("toggle.no_skips"))
        return {}
    return _asked({"shortcut": lambda: one_of("shortcut", tuple(SHORTCUTS))}, compared)


def block(compared: str) -> dict[str, Any]:
    """Draw the settings of a block."""
    left, right = st.columns(2)
    with left:
        values = _asked(
            {
                "order": lambda: one_of("order", tuple(ORDERS)),
                "block": lambda: one_of("block", tuple(BLOCKS)),
                "kernel": lambda: one_of("kernel", KERNELS),
            },
            compared,
        )
    with right:
        return values | _asked(
            {
                "activation": lambda: one_of("activation", ACTIVATIONS),
                "separable": lambda: on_off("separable"),
                "squeeze": lambda: on_off("squeeze"),
            },
            compared,
        )


def start(compared: str) -> dict[str, Any]:
    """Draw the start of a branch."""
    return _asked({"start": lambda: one_of("start", tuple(STARTS))}, compared)


def _asked(controls: dict[str, Any], compared: str) -> dict[str, Any]:
    found = {}
    for field, control in controls.items():
        if field == compared:
            st.caption(t("toggle.compared", toggle=t(f"toggle.{field}")))
        else:
            found[field] = control()
    return found
