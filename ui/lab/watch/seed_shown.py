"""Let a person choose the seed whose gradient flow, heat map, classes and weights are shown."""

import streamlit as st

from resnet_core import runs
from ui.shell.i18n import t

KEY, CHOSEN = "lab_seed_shown", "lab_seed_chosen"
NEWEST = "newest"


def seed_shown(run: runs.Run, past: runs.History) -> runs.History:
    """Draw the choice where there are several seeds to show; return the history of the chosen one.

    Until one is chosen it is the newest seed that has taken a step.
    """
    begun = {one.seed: one for one in past.by_seed if one.of("step")}
    newest = next(reversed(begun.values()), past)
    if run.experiment.seeds == 1 or len(begun) < 2:
        return newest
    gone = {seed for seed, one in begun.items() if one.diverged}

    def called(choice: int | str) -> str:
        if choice == NEWEST:
            return t("seeds.newest")
        return t("seeds.one_gone" if choice in gone else "seeds.one", seed=choice)

    choices = [NEWEST, *begun]
    chosen = st.session_state.get(CHOSEN, NEWEST)
    st.session_state[KEY] = chosen if chosen in choices else NEWEST  # further seeds join the choice
    st.segmented_control(
        t("seeds.show"),
        choices,
        required=True,
        format_func=called,
        key=KEY,
        on_change=_keep,
        help=t("seeds.show_help"),
    )
    return begun.get(st.session_state[KEY], newest)


def _keep() -> None:
    st.session_state[CHOSEN] = st.session_state[KEY]
