"""Draw one toggle: its control, and under it one line about the choice."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from ui.shell.i18n import language, t, translate

Value = TypeVar("Value")


def one_of(field: str, names: Sequence[Value]) -> Value:
    """Draw the variants of a field, the first as default. Return the one chosen."""
    chosen = st.segmented_control(
        t(f"toggle.{field}"),
        names,
        default=names[0],
        required=True,
        format_func=label_of(field),
        key=f"lab_{field}",
        wrap=True,
    )
    st.caption(t(f"toggle.{field}_{chosen}_what"))
    return chosen


def on_off(field: str, *, default: bool = False) -> bool:
    """Draw a switch with its line. Return whether it is on."""
    chosen = st.toggle(t(f"toggle.{field}"), default, key=f"lab_{field}")
    st.caption(t(f"toggle.{field}_what"))
    return chosen


def number(field: str, values: Sequence[float], default: float) -> float:
    """Draw a scale of numbers with its line. Return the one chosen."""
    code = language()

    def shown(value: float) -> str:
        return f"{value:g}" if value else translate(code, "toggle.none")

    chosen: float = st.select_slider(
        t(f"toggle.{field}"), values, default, format_func=shown, key=f"lab_{field}"
    )
    st.caption(t(f"toggle.{field}_what"))
    return chosen


def label_of(field: str) -> Callable[[object], str]:
    """Return a function from a value of a field to its title; see `ui.shell.i18n.named`."""
    code = language()
    return lambda value: translate(code, f"toggle.{field}_{value}")
