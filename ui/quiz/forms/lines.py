"""Draw a listing whose lines can be chosen, or one that shows which lines were right and wrong."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
HTML = '<ol role="listbox"></ol>'


def choose_line(code: str, label: str, key: str, *, locked: bool = False) -> int | None:
    """Return the number of the chosen line, from 1."""
    name = f"line_{key}"
    chosen = (st.session_state.get(name) or {}).get("line")
    data = {"lines": _lines(code), "label": label, "chosen": chosen, "locked": locked}
    return _listing()(key=name, data=data, on_line_change=lambda: None).line


def show_lines(code: str, label: str, key: str, marks: dict[int, str]) -> None:
    """Draw the lines; `marks` says "right" or "wrong" for a line number."""
    data = {"lines": _lines(code), "label": label, "locked": True}
    data["marks"] = {str(line): mark for line, mark in marks.items()}
    _listing()(key=f"shown_{key}", data=data, on_line_change=lambda: None)


def _lines(code: str) -> list[str]:
    return code.rstrip("\n").split("\n")


def _listing():
    """Return the component, registered on every run because the registry is the server's."""
    return st.components.v2.component(
        "residual_lines",
        html=HTML,
        css=(HERE / "lines.css").read_text("utf-8"),
        js=(HERE / "lines.js").read_text("utf-8"),
    )
