"""What the seeds of a run came to together, in words: the number of seeds and their spread."""

import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import seeds
from ui.lab.labels import arm_names
from ui.lab.watch.seed_curves import diverged_lines
from ui.shell.i18n import t, word


def seed_verdict(run: runs.Run, past: runs.History) -> None:
    """Draw the verdict on the complete seeds: whether the twins came apart, then each arm."""
    done = seeds.complete(past, run.experiment.train.steps)
    if set(run.experiment.arms) == {"residual", "plain"}:
        words = seeds.apart_words(done)
        icon = ":material/balance:" if words.key == "seeds.never_apart" else ":material/call_split:"
        st.info(word(words), icon=icon)
    names = arm_names(list(run.experiment.arms))
    lines = [f"- **{name}** · {_arm(done, arm)}" for arm, name in names.items()]
    lines += [f"- {line}" for line in diverged_lines(seeds.diverged(past))]
    st.markdown("\n".join(lines))
    told = [t("seeds.spread")] if len(done) > 1 else []
    if not seeds.steered_alike(done):
        told.append(t("seeds.steered"))
    st.caption(" ".join(told))


def _arm(done: list[runs.History], arm: str) -> str:
    accuracy = seeds.accuracy_words(done, arm)
    parts = [word(seeds.loss_words(done, arm)), word(accuracy) if accuracy else ""]
    return " ".join(part for part in parts if part)
