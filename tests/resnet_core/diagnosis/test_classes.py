"""Figures of each class and the mean confidence, against what can be counted by hand."""

import pytest

from resnet_core.diagnosis import classes

FIGURES = {
    "matrix": [[6, 2, 0], [1, 3, 0], [0, 0, 0]],
    "bins": [
        {"images": 3, "confidence": 0.6, "accuracy": 0.5},
        {"images": 1, "confidence": 1.0, "accuracy": 1.0},
    ],
}


def test_recall_is_by_row_and_precision_by_column():
    first, second, absent = classes.by_class(FIGURES)
    assert (first.images, first.recall, first.precision) == (8, 6 / 8, 6 / 7)
    assert (second.images, second.recall, second.precision) == (4, 3 / 4, 3 / 5)
    harmonic = 2 / (1 / (6 / 8) + 1 / (6 / 7))
    assert first.f1 == pytest.approx(harmonic)
    assert absent == classes.OfClass(0, None, None, None)


def test_the_mean_confidence_weighs_each_bin_by_its_images():
    assert classes.mean_confidence(FIGURES) == pytest.approx((3 * 0.6 + 1.0) / 4)
    assert classes.mean_confidence({"bins": []}) == 0.0
