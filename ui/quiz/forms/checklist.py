"""Tick the points that were said, by a touch on a line or by its digit."""

import streamlit as st

DIGITS = "123456789"


def tick(
    texts: dict[str, str], name: str, *, digits: bool = True, all_of_it: str = ""
) -> list[str]:
    """Return the keys of the ticked lines in order. `all_of_it` labels the button for all."""
    ticked = st.session_state.setdefault(f"ticked_{name}", set())
    with st.container(gap="small", key=f"options_{name}"):
        if all_of_it:
            st.button(
                all_of_it,
                key=f"tick_all_{name}",
                icon=":material/done_all:",
                type="tertiary",
                shortcut="a",
                on_click=_toggle_all,
                args=(ticked, set(texts)),
            )
        for number, (key, text) in enumerate(texts.items()):
            mark = ":material/check_box:" if key in ticked else ":material/check_box_outline_blank:"
            st.button(
                text,
                key=f"tick_{number}_{name}",
                icon=mark,
                width="stretch",
                shortcut=DIGITS[number] if digits and number < len(DIGITS) else None,
                on_click=_toggle,
                args=(ticked, key),
            )
    return [key for key in texts if key in ticked]


def _toggle(ticked: set[str], key: str) -> None:
    ticked.symmetric_difference_update({key})


def _toggle_all(ticked: set[str], every: set[str]) -> None:
    """Tick every line, or untick every line if all are ticked."""
    ticked.symmetric_difference_update(every if ticked == every else every - ticked)
