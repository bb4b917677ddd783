"""Draw the blocks of a run as they are now. While it trains, their skips are switches."""

import streamlit as st

from resnet_core import jobs, runs
from resnet_core.experiment.surgery import limits
from ui.lab.blocks.switch import draw_blocks
from ui.lab.watch.lock import locked
from ui.lab.watch.requests import ask
from ui.lab.watch.surgery import made, without_skips
from ui.shell.i18n import t


def living_blocks(run: runs.Run, past: runs.History, status: runs.Status) -> None:
    """Draw the blocks as they are now. Touching a skip switches those of every block."""
    arms = run.experiment.arms
    works = switchable(run, status) and not locked()
    now = made(run, past).surgery
    with_skips = frozenset(arm for arm, net in arms.items() if net.skip)

    def touched(arm: str) -> None:
        ask(jobs.operate, run.folder, without_skips(now, now.skips))

    nothing: frozenset[str] = frozenset()
    draw_blocks(
        arms,
        "lab_living",
        touched,
        switches=with_skips if works else nothing,
        surgery=now,
    )
    st.caption(t("block.living" if works else "block.living_not"))


def switchable(run: runs.Run, status: runs.Status) -> bool:
    """Return whether the skips can be switched: the run trains, and they have no weights."""
    nets = [net for net in run.experiment.arms.values() if net.skip]
    if not run.experiment.train.steps or not nets:
        return False
    living = status.live or status.name == "paused"
    return living and not any(map(limits.why_not_skips, nets))
