"""The curves of a run over its steps: of one seed, or of several with their spread."""

import pandas as pd
import streamlit as st

from resnet_core import runs
from resnet_core.diagnosis import seeds
from resnet_core.diagnosis.marks import marks
from ui.charts.training import band, curves
from ui.lab.labels import arm_name
from ui.shell.i18n import t, word

NUMBERS = ("mean", "low", "high")


def table(run: runs.Run, past: runs.History, quantity: str) -> pd.DataFrame:
    """Return the numbers behind the curves: of the complete seeds, of the first while it trains."""
    arms, (done, gone) = list(run.experiment.arms), _seeds(run, past)
    if not done and not gone:
        return past.once(curves.table, tuple(arms), quantity)
    shown = done or [one for one in [past] if one not in gone]
    return band.table(shown, arms, quantity, gone)


def curve(
    run: runs.Run,
    past: runs.History,
    names: dict[str, str],
    quantity: str,
    ends: curves.Scale,
    guess: float | None = None,
) -> None:
    """Draw one quantity over the steps."""
    (done, gone), steps = _seeds(run, past), run.experiment.train.steps
    titles = {"value": t(f"chart.{quantity}"), "step": t("chart.step"), "arm": t("chart.arm")}
    said = [(mark.step, word(mark.words)) for mark in marks(past)]
    if done or gone:
        now = None if past in [*done, *gone] else past
        titles |= {name: t(f"chart.seeds_{name}") for name in (*NUMBERS, "seed")}
        frame = band.drawn(done, now, names, quantity, ends, gone)
        crosses = band.crosses(gone, names, quantity, ends)
        spec = band.spec(names, titles, ends, steps, said, guess, crosses)
    else:
        known = past.once(curves.table, tuple(names), quantity)
        reach = curves.reach(int(known["step"].max()) if len(known) else 0, steps)
        frame = curves.drawn(known, names)
        spec = curves.spec(names, titles, ends, reach, said, guess)
    alternative = t(f"alt.{quantity}")
    st.vega_lite_chart(frame, spec, key=f"chart_{quantity}", width="stretch", alt=alternative)


def how_to_read(run: runs.Run, past: runs.History) -> str:
    """Return what line, band and thin line are."""
    done, gone = _seeds(run, past)
    if not done and not gone:
        return t("chart.smooth_read", window=curves.WINDOW)
    parts = []
    if done:
        key = "chart.seeds_read" if len(done) > 1 else "chart.seeds_read_first"
        parts.append(t(key, count=len(done), seeds=run.experiment.seeds, window=curves.WINDOW))
    if past not in [*done, *gone]:
        parts.append(t("chart.seeds_now", seed=past.seed))
    return " ".join([*parts, *diverged_lines(gone)])


def diverged_lines(gone: list[runs.History]) -> list[str]:
    """Return the sentence that marks each seed that diverged."""
    return [
        t(
            "seeds.diverged_shown",
            seed=one.seed,
            step=one.step - 1,
            arms=", ".join(map(arm_name, one.diverged)),
        )
        for one in gone
    ]


def accuracy_lines(run: runs.Run, past: runs.History, names: dict[str, str]) -> list[str]:
    """Return the test accuracy of each arm over the complete seeds; nothing for fewer than two."""
    done, _ = _seeds(run, past)
    found = {arm: seeds.accuracy_words(done, arm) for arm in names}
    return [f"**{names[arm]}** · {word(words)}" for arm, words in found.items() if words]


def of_seed(run: runs.Run, past: runs.History) -> str:
    """Return the sentence that says which seed a picture of one net shows; empty for one seed."""
    return t("seeds.shown", seed=past.seed) if run.experiment.seeds > 1 else ""


def _seeds(run: runs.Run, past: runs.History) -> tuple[list[runs.History], list[runs.History]]:
    """Return the complete seeds of a run of several, and those that diverged."""
    if run.experiment.seeds == 1:
        return [], []
    return seeds.complete(past, run.experiment.train.steps), seeds.diverged(past)
