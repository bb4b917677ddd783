"""Keep a card, and then its verdict, in view, and the keyboard where the answer is given."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
FIELDS = {"number": "number", "shape": "shape", "output": "output", "bug": "line", "order": "order"}


def field_of(form: str, card: str) -> str:
    """Return the class of the field that takes the keys, or nothing if digits are enough."""
    return f"st-key-{FIELDS[form]}_{card}" if form in FIELDS else ""


def look(step: str, field: str = "") -> None:
    """Move the view when `step` changes: it names the card and whether its answer is shown.

    Registered on every run: the registry belongs to the server, not to this module.
    """
    component = st.components.v2.component(
        "residual_card_view",
        html="<span></span>",
        js=(HERE / "focus.js").read_text("utf-8"),
    )
    component(data={"step": step, "field": field}, key="card_view", height=1)
