"""Draw a few training images of each class, so that a learner has seen what the nets see."""

import numpy as np
import streamlit as st

from resnet_core.data import cifar, synthetic
from ui.lab.labels import class_name
from ui.shell.i18n import t

ACROSS, DOWN = 3, 3  # images of a class
SCALE, GAP = 2, 3  # screen pixels for one pixel of an image, and between images


def samples(dataset: str, label: str) -> None:
    """Draw the images of a data set by class, folded up. They are only read when it is opened."""
    folded = st.expander(t("data.look"), key="lab_samples", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.caption(t("data.look_what", count=ACROSS * DOWN))
        with st.container(horizontal=True, key="lab_sample_images"):
            for name, count, picture in _by_class(dataset, label):
                words = t("data.look_class", name=class_name(name), count=f"{count:,}")
                st.image(picture, caption=words, width=picture.shape[1])


@st.cache_data(show_spinner=False, max_entries=2)
def _by_class(dataset: str, label: str) -> list[tuple[str, int, np.ndarray]]:
    """Return each class with its number of images and a picture. `label` names the data.

    A picture is (height, width, 4) uint8 with clear gaps between the first images of the class.
    """
    data = synthetic.load() if dataset == "synthetic" else cifar.find(dataset)
    found = []
    for number, name in enumerate(data.class_names):
        here = np.flatnonzero(data.train_labels == number)
        images = data.train_images[np.sort(here[: ACROSS * DOWN])]
        found.append((name, len(here), _mosaic(images)))
    return found


def _mosaic(images: np.ndarray) -> np.ndarray:
    """Return images (N, 32, 32, 3) in rows, enlarged, with an opacity channel."""
    side = images.shape[1] * SCALE + GAP
    picture = np.zeros((DOWN * side - GAP, ACROSS * side - GAP, 4), np.uint8)
    for place, image in enumerate(images.repeat(SCALE, 1).repeat(SCALE, 2)):
        top, left = (place // ACROSS) * side, (place % ACROSS) * side
        picture[top : top + side - GAP, left : left + side - GAP, :3] = image
        picture[top : top + side - GAP, left : left + side - GAP, 3] = 255
    return picture
