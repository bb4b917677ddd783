"""Draw six training images, and below each its augmented version."""

import numpy as np
import streamlit as st

from resnet_core.data import cifar, synthetic
from resnet_core.data.batches import Batches

COUNT = 6
SCALE = 3  # screen pixels for one pixel of the image
GAP = 6


@st.cache_data(show_spinner=False, max_entries=4)
def augmented(dataset: str, label: str) -> np.ndarray:
    """Return the picture, (height, width, 4) uint8 with clear gaps. `label` names the data."""
    data = synthetic.load() if dataset == "synthetic" else cifar.find(dataset)
    shown = [
        Batches(data.train_images, data.train_labels, COUNT, seed=0, augment=augment).at(0)[0]
        for augment in (False, True)
    ]
    return np.concatenate([_row(images) for images in shown])


def _row(images: np.ndarray) -> np.ndarray:
    """Return images (N, 32, 32, 3) side by side, enlarged, with an opacity channel."""
    large = images.repeat(SCALE, 1).repeat(SCALE, 2)
    opaque = np.concatenate([large, np.full((*large.shape[:3], 1), 255, np.uint8)], -1)
    padded = np.pad(opaque, [(0, 0), (0, GAP), (0, GAP), (0, 0)])
    return np.concatenate(list(padded), 1)
