"""Say whether CIFAR is on this machine, and what to do if it is not."""

import streamlit as st

from base.messages import UserError
from resnet_core.data import cifar
from resnet_core.data.published import UNPUBLISHED
from ui.lab.labels import data_name
from ui.shell.appearance.outside import as_text
from ui.shell.i18n import t, word

MEGABYTES = 162  # size of the published archive


def datasets() -> tuple[list[str], str]:
    """Return the data sets that can be trained on now, the best first, and the best one's title."""
    try:
        with st.spinner(t("data.looking"), show_time=True):
            data = cifar.find()
    except UserError as error:
        _offer(error)
        return ["synthetic"], "synthetic"
    except OSError as error:  # from the cache: a home folder that cannot be written
        st.warning(t("lab.no_cache", why=error.strerror or str(error)))
        return ["synthetic"], "synthetic"
    told = data.published or data.label.endswith(UNPUBLISHED)  # then its name says it
    st.caption(
        t(
            "data.found" if told else "data.found_other",
            data=as_text(data_name(data.label)),
            train=f"{len(data.train_images):,}",
        )
    )
    return ["cifar10", "synthetic"], data.label


def has_cifar100() -> bool:
    """Return whether CIFAR-100 is on this machine; it is not downloaded for the asking."""
    try:
        cifar.find("cifar100")
    except (UserError, OSError):
        return False
    return True


def _offer(error: UserError) -> None:
    if error.message.key == "data.missing":
        st.info(t("data.offer", address=cifar.address("cifar10")), icon=":material/download:")
    else:
        st.warning(word(error.message))
    if st.button(t("data.download"), key="data_download"):
        bar = st.progress(0.0, t("data.downloading", done=0, size=MEGABYTES))

        def told(done: int, size: int) -> None:
            text = t("data.downloading", done=done >> 20, size=size >> 20)
            bar.progress(min(1.0, done / max(1, size)), text)

        try:
            cifar.get(progress=told)
        except UserError as failed:
            bar.empty()
            st.error(word(failed.message))
        else:
            st.rerun()
