"""The synthetic set is the same everywhere, balanced, and beyond a linear classifier."""

import numpy as np

from resnet_core.data import synthetic


def test_it_is_the_same_each_time():
    images, labels = synthetic.draw(200, 3)
    again, same = synthetic.draw(200, 3)
    np.testing.assert_array_equal(images, again)
    np.testing.assert_array_equal(labels, same)


def test_classes_come_in_equal_shares():
    assert set(np.bincount(synthetic.draw(200, 3)[1])) == {20}


def test_the_set_names_itself():
    data = synthetic.load()
    assert data.label == data.name == "synthetic"
    assert data.train_images.shape == (10_000, 32, 32, 3) and len(data.class_names) == 10


def test_a_linear_classifier_on_pixels_is_close_to_guessing():
    images, labels = synthetic.draw(4000, 5)
    x = images.reshape(len(images), -1) / 127.5 - 1.0
    x = np.hstack([x, np.ones((len(x), 1))])
    train, test = slice(0, 3000), slice(3000, None)
    targets = np.eye(10)[labels[train]]
    gram = x[train].T @ x[train] + 300.0 * np.eye(x.shape[1])
    guesses = (x[test] @ np.linalg.solve(gram, x[train].T @ targets)).argmax(1)
    assert (guesses == labels[test]).mean() < 0.2
