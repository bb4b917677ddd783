import numpy as np

LOGITS = np.array([[2.0, 0.0, -1.0], [0.5, 0.5, 3.0]])
LABELS = np.array([0, 1])


def case_hard_labels(m):
    return float(m.smoothed_loss(LOGITS, LABELS, 0.0))


def case_smoothed(m):
    return float(m.smoothed_loss(LOGITS, LABELS, 0.3))


def case_uniform(m):
    return float(m.smoothed_loss(np.zeros((2, 8)), LABELS, 0.2))


def case_large_logits(m):
    return float(m.smoothed_loss(1000 * LOGITS, LABELS, 0.1))
