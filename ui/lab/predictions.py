"""A few test images with what each arm says they are."""

import streamlit as st

from resnet_core import cifar, runs, synthetic
from resnet_core.wording import Said
from ui.texts import t

SHOWN = 8


def predictions(run: runs.Run, past: runs.History, arms: list[str]) -> None:
    probes = {arm: past.of("probe", arm)[-1:] for arm in arms}
    if not all(probes.values()):
        return
    data = _data(run)
    if data is None:
        return
    st.subheader(t("lab.predictions"), anchor=False)
    first = probes[arms[0]][0]
    for row in range(0, min(SHOWN, len(first["images"])), 4):
        for offset, column in enumerate(st.columns(4)):
            place = row + offset
            if place >= len(first["images"]):
                continue
            index = first["images"][place]
            column.image(data.test_images[index], width=96)
            lines = [f"**{data.class_names[first['labels'][place]]}**"]
            for arm in arms:
                lines.append(_said(arm, probes[arm][0], place, data.class_names))
            column.caption("  \n".join(lines))


def _said(arm: str, probe: dict, place: int, names: tuple[str, ...]) -> str:
    chances = probe["probabilities"][place]
    best = max(range(len(chances)), key=chances.__getitem__)
    mark = "✔" if best == probe["labels"][place] else "✘"
    return f"{mark} {arm}: {names[best]} {100 * chances[best]:.0f} %"


def _data(run: runs.Run) -> cifar.Dataset | None:
    if run.experiment.dataset == "synthetic":
        return synthetic.load()
    try:
        from pathlib import Path

        return cifar.find(run.experiment.dataset, Path(run.source) if run.source else None)
    except Said:
        return None  # the data went away after the run; its charts stay
