"""Keep a card and then its verdict in view, and the keyboard focus where the answer is given."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
FIELDS = {"number": "number", "shape": "shape", "output": "output", "bug": "line", "order": "order"}


def field_of(form: str, card: str) -> str:
    """Return the class of the field that takes the keys, or "" if digits are enough."""
    return f"st-key-{FIELDS[form]}_{card}" if form in FIELDS else ""


def look(step: str, field: str = "") -> None:
    """Move the view when `step` changes, which names the card and whether its answer is shown.

    The component is registered on every run, because the registry belongs to the server.
    """
    component = st.components.v2.component(
        "residual_card_view",
        html="<span></span>",
        js=(HERE / "focus.js").read_text("utf-8"),
    )
    component(data={"step": step, "field": field}, key="card_view", height=1)
