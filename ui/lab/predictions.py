"""A few test images with what each arm says they are."""

from pathlib import Path

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from resnet_core.data import cifar, synthetic
from ui.lab.labels import arm_name, class_name
from ui.shell.i18n import t

SHOWN, WIDE = 8, 190


def predictions(run: runs.Run, past: runs.History, arms: list[str]) -> None:
    probes = {arm: probe for arm in arms for probe in past.of("probe", arm)[-1:]}
    if len(probes) < len(arms):
        return
    data = _data(run)
    if data is None:
        return
    st.subheader(t("lab.predictions"), anchor=False)
    first = probes[arms[0]]
    with st.container(horizontal=True):
        for place, index in enumerate(first["images"][:SHOWN]):
            with st.container(width=WIDE, gap="small"):
                name = class_name(data.class_names[first["labels"][place]])
                st.image(data.test_images[index], width=96, alt=name)
                lines = [f"**{name}**"]
                lines += [_said(arm, probes[arm], place, data.class_names) for arm in arms]
                st.caption("  \n".join(lines))


def _said(arm: str, probe: dict, place: int, names: tuple[str, ...]) -> str:
    chances = probe["probabilities"][place]
    if None in chances:
        return t("lab.no_number", arm=arm_name(arm))  # the net diverged
    best = max(range(len(chances)), key=chances.__getitem__)
    mark = "✔" if best == probe["labels"][place] else "✘"
    return f"{mark} {arm_name(arm)}: {class_name(names[best])} {100 * chances[best]:.0f} %"


def _data(run: runs.Run) -> cifar.Dataset | None:
    if run.experiment.dataset == "synthetic":
        return synthetic.load()
    try:
        return cifar.find(run.experiment.dataset, Path(run.source) if run.source else None)
    except UserError:
        return None  # the data went away after the run; its charts stay
