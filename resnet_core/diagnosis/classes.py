"""Work out how well a net knows each class, and how sure it is, from its confusion figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class OfClass:
    """Hold the figures of one class, shares from 0 to 1. A share of nothing is None.

    `recall` is how many of the class's images were recognised, `precision` how many of those that
    were called so belong to it, and `f1` their harmonic mean.
    """

    images: int
    recall: float | None
    precision: float | None
    f1: float | None


def by_class(figures: Figures) -> list[OfClass]:
    """Return the figures of each class; rows of the matrix are the true classes."""
    matrix = figures["matrix"]
    found = []
    for k, row in enumerate(matrix):
        right, of, said = row[k], sum(row), sum(other[k] for other in matrix)
        both = of + said
        found.append(OfClass(of, _share(right, of), _share(right, said), _share(2 * right, both)))
    return found


def mean_confidence(figures: Figures) -> float:
    """Return how sure the net was on average, from 0 to 1. Above its accuracy it is too sure."""
    bins = figures["bins"]
    total = sum(one["images"] for one in bins)
    return float(sum(one["images"] * one["confidence"] for one in bins) / total) if total else 0.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
