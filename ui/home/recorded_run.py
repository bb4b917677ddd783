"""Play a recorded run of the two nets in ten seconds, labelled as a recording."""

from pathlib import Path

import streamlit as st

from resnet_core.experiment.presets import DEMONSTRATION
from study.practice import recorded_curves
from ui.lab.labels import data_name
from ui.shell.i18n import t

HERE = Path(__file__)
TOP = 3.2  # top of the axis: a residual net's first loss is far above the later ones
# An element without a name is neither a picture nor a button: the script names both.
HTML = """
<figure class="played">
  <figcaption></figcaption>
  <svg viewBox="0 0 640 240" preserveAspectRatio="xMidYMid meet"></svg>
  <div class="foot"><output></output><button type="button" hidden></button></div>
</figure>
"""
_mount = st.components.v2.component(
    "residual_recorded_run",
    html=HTML,
    css=HERE.with_suffix(".css").read_text("utf-8"),
    js=HERE.with_suffix(".js").read_text("utf-8"),
)


def recorded_run() -> None:
    """Play the training loss of a plain and a residual net, drawn from the run that ships."""
    kept = recorded_curves.load(DEMONSTRATION)
    arms = kept["arms"]
    last = {arm: recorded_curves.smooth(series["loss"])[-1] for arm, series in arms.items()}
    _mount(
        key="recorded_run",
        data={
            "raw": {arm: series["loss"] for arm, series in arms.items()},
            "smooth": {arm: recorded_curves.smooth(arms[arm]["loss"]) for arm in arms},
            "names": {arm: t(f"arm.{arm}") for arm in arms},
            "caption": t("home.recorded", data=data_name(kept["data"])),
            "alt": t(
                "home.recorded_alt",
                plain=f"{last['plain']:.2f}",
                residual=f"{last['residual']:.2f}",
                steps=len(arms["plain"]["loss"]),
            ),
            "top": TOP,
            "above": t(
                "home.recorded_above",
                arm=t("arm.residual"),
                loss=f"{arms['residual']['loss'][0]:.1f}",
            ),
            "step": t("home.recorded_step", step="{step}", steps=len(arms["plain"]["loss"])),
            "loss": t("chart.loss"),
            "again": t("home.recorded_again"),
        },
    )
