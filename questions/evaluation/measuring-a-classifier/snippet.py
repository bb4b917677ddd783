import numpy as np


def confusion(true, predicted, classes):
    table = np.zeros((classes, classes), int)
    np.add.at(table, (true, predicted), 1)
    return table


def scores(table):
    """Accuracy, and recall, precision, F1 of each class (0 for 0/0)."""
    hit, support = np.diag(table), table.sum(1)
    safe = lambda a, b: np.where(b > 0, a / np.maximum(b, 1e-9), 0)
    recall, precision = safe(hit, support), safe(hit, table.sum(0))
    f1 = safe(2 * precision * recall, precision + recall)
    return hit.sum() / table.sum(), recall, precision, f1


# A model that always says class 0, on 90 / 5 / 5 images.
true = np.repeat([0, 1, 2], [90, 5, 5])
table = confusion(true, np.zeros(100, int), 3)
accuracy, recall, precision, f1 = scores(table)
share = table.sum(1) / table.sum()
print(table)
print(f"accuracy={accuracy:.3f}")
print(f"macro_recall={recall.mean():.3f}")
print(f"macro_f1={f1.mean():.3f}")
print(f"weighted_f1={share @ f1:.3f}")

# Weighted recall is accuracy, whatever the model says; so is micro F1.
rng = np.random.default_rng(0)
true, guess = rng.integers(0, 7, (2, 500))
table = confusion(true, guess, 7)
accuracy, recall, _, _ = scores(table)
weighted = table.sum(1) / 500 @ recall
wrong = table.sum() - np.trace(table)  # each: one false +, one false -
micro = 2 * np.trace(table) / (2 * np.trace(table) + 2 * wrong)
print("weighted recall is accuracy:", np.isclose(weighted, accuracy))
print("micro F1 is accuracy:", np.isclose(micro, accuracy))

# 1 % positives: ROC looks fine where precision is poor.
positive = rng.normal(2.0, 1, 1_000)
negative = rng.normal(0.0, 1, 99_000)
threshold = np.quantile(positive, 0.2)  # a recall of 80 %
false_alarms = (negative > threshold).sum()
roc = np.searchsorted(np.sort(negative), positive).mean() / 99_000
print(f"auroc={roc:.2f}")
print(f"false_positive_rate={false_alarms / 99_000:.2f}")
print(f"precision_at_recall_80={800 / (800 + false_alarms):.2f}")
score = np.concatenate([positive, negative])
hit = (np.arange(100_000) < 1_000)[np.argsort(-score)]
average_precision = (np.cumsum(hit) / np.arange(1, 100_001))[hit].mean()
print(f"average_precision={average_precision:.2f}, by chance 0.01")

# How far 10,000 test images can be trusted.
half = 1.96 * np.sqrt(0.765 * 0.235 / 10_000)
print(f"half_width_points={100 * half:.2f}")
