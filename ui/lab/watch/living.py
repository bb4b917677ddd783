"""Draw the blocks of a run. While it trains, their skips can be taken out and put back."""

import streamlit as st

from resnet_core import jobs, runs
from resnet_core.experiment import arithmetic
from ui.lab.blocks.switch import draw_blocks
from ui.lab.watch.lock import locked
from ui.lab.watch.transport import ask
from ui.shell.i18n import t


def living_blocks(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw the blocks as they are now. Touching a skip switches those of every block."""
    arms = run.experiment.arms
    works = switchable(run, status) and not locked()
    out = taken_out(past)
    with_skips = frozenset(arm for arm, net in arms.items() if net.skip)

    def touched(arm: str) -> None:
        ask(jobs.set_skips, run.folder, out)

    nothing: frozenset[str] = frozenset()
    draw_blocks(
        arms,
        "lab_living",
        touched,
        switches=with_skips if works else nothing,
        gone=with_skips if out else nothing,
    )
    st.caption(t("block.living" if works else "block.living_not"))


def taken_out(past: runs.History) -> bool:
    """Return whether the skips are out of the nets at the last step, as the log says."""
    changes = [event["changed"] for event in past.of("control") if "skips" in event["changed"]]
    return bool(changes) and changes[-1]["skips"] is False


def switchable(run: runs.Run, status: runs.Status) -> bool:
    """Return whether the skips can be switched: the run trains, and they have no weights."""
    nets = [net for net in run.experiment.arms.values() if net.skip]
    if not run.experiment.train.steps or not nets:
        return False
    living = status.live or status.name == "paused"
    return living and not any(map(arithmetic.skips_have_weights, nets))
