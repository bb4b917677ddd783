"""Draw what fine-tuning came to: accuracy on the new classes, and what is left of the old ones."""

import pandas as pd
import streamlit as st

from resnet_core import runs
from ui.charts.training import evaluations
from ui.lab.labels import arm_names, data_name
from ui.lab.watch.chart_data import Picture, table_and_files
from ui.lab.watch.verdict import accuracy_text
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import t

NOTHING = "–"


def fine_tuned(run: runs.Run, past: runs.History) -> None:
    """Draw the test accuracy of all arms over the steps, and a row of figures for each arm."""
    names = arm_names(list(run.experiment.arms))
    st.header(t("fine_tuning.result"), anchor=False)
    left, right = st.columns(2)
    with left:
        _curves(run, past, names)
    with right:
        _figures(past, names)


def _curves(run: runs.Run, past: runs.History, names: dict[str, str]) -> None:
    frame = evaluations.table(past, list(names))
    if frame.empty:
        st.caption(t("fine_tuning.not_evaluated", step=run.experiment.train.evaluate_every))
        return
    experiment = run.experiment
    titles = {key: t(f"chart.{key}") for key in ("step", "arm")}
    titles["value"] = t("fine_tuning.test_accuracy")
    guess = 1 / experiment.classes
    spec = evaluations.spec(names, titles, experiment.train.steps, guess, _phases(run, names))
    st.vega_lite_chart(
        frame.rename(columns=names), spec, key="chart_evaluations", width="stretch",
        alt=t("fine_tuning.alt"),
    )  # fmt: skip
    label = (past.started or {}).get("data", {}).get("label", "")
    data = t("chart.data", data=as_text(data_name(label)))
    read = t("fine_tuning.read", images=run.experiment.train.evaluate_images, guess=f"{guess:.2f}")
    st.caption(f"{read} {data}")
    picture = Picture(
        "evaluations", list(names), label, "fine_tuning.result", "step", limits=(0.0, 1.0)
    )
    table_and_files(frame, picture)


def _phases(run: runs.Run, names: dict[str, str]) -> list[tuple[int, str]]:
    """Return where the body of an arm begins to be trained."""
    moved = run.experiment.fine_tuning
    ways = moved.ways if moved else {}
    return [
        (ways[arm].head_first, t("fine_tuning.phase", arm=name))
        for arm, name in names.items()
        if arm in ways and 0 < ways[arm].head_first < run.experiment.train.steps
    ]


def _figures(past: runs.History, names: dict[str, str]) -> None:
    """Draw, for each arm, its test accuracy, what it trains, and what it still knows."""
    rows = []
    for arm, name in names.items():
        tested, known, trained = (past.of(kind, arm) for kind in ("eval", "memory", "thawed"))
        rows.append(
            {
                t("fine_tuning.way"): name,
                t("fine_tuning.trained"): f"{trained[-1]['parameters']:,}" if trained else NOTHING,
                t("fine_tuning.on_new"): _percent(tested[-1]["accuracy"]) if tested else NOTHING,
                t("fine_tuning.on_old_before"): _percent(known[-1]["before"]) if known else NOTHING,
                t("fine_tuning.on_old"): _percent(known[-1]["accuracy"]) if known else NOTHING,
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    lines = [
        f"- **{name}** · {accuracy_text(event)}"
        for arm, name in names.items()
        for event in past.of("eval", arm)[-1:]
    ]
    st.markdown("\n".join(lines))
    st.caption(t("fine_tuning.forgetting_read"))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
