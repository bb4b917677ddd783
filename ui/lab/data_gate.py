"""Whether CIFAR is on this machine, and what to do where it is not."""

import streamlit as st

from resnet_core import cifar
from resnet_core.wording import Said
from ui.lab.words import data_name
from ui.texts import t, word

MEGABYTES = 162  # of the published archive


def datasets() -> tuple[list[str], str]:
    """Names that can be trained on now, the best first, and how that one is called."""
    try:
        with st.spinner(t("data.looking"), show_time=True):
            data = cifar.find()
    except Said as error:
        _offer(error)
        return ["synthetic"], "synthetic"
    st.caption(
        t(
            "data.found" if data.published else "data.found_other",
            data=data_name(data.label),
            train=f"{len(data.train_images):,}",
        )
    )
    return ["cifar10", "synthetic"], data.label


def _offer(error: Said) -> None:
    if error.words.key == "data.missing":
        st.info(t("data.offer", address=cifar.address("cifar10")), icon=":material/download:")
    else:
        st.warning(word(error.words))
    if st.button(t("data.download"), key="data_download"):
        bar = st.progress(0.0, t("data.downloading", done=0, size=MEGABYTES))

        def told(done: int, size: int) -> None:
            text = t("data.downloading", done=done >> 20, size=size >> 20)
            bar.progress(min(1.0, done / max(1, size)), text)

        try:
            cifar.get(progress=told)
        except Said as failed:
            bar.empty()
            st.error(word(failed.words))
        else:
            st.rerun()
