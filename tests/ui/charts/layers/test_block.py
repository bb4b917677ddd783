"""The drawing of a block as an SVG that is well formed, whole and within its frame."""

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from ui.charts.layers.block import CENTRE, WIDTH, Box, Drawing, Switch, svg

BRANCH = [
    Box("conv", ("Conv 3×3", "16×16×16", "1,152 parameters")),
    Box("norm", ("BatchNorm", "32 parameters")),
    Box("activation", ("ReLU",)),
    Box("conv", ("Conv 3×3", "16×16×16", "2,304 parameters")),
    Box("activation", ("ReLU",)),
]
SKIP = Switch("residual", True, "Take out the skip of: <residual>", True)
WHOLE = Drawing("One block", "in", "out", BRANCH, [Box("pad", ("+8",))], 0, 4, SKIP)


def drawn(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(svg(drawing))


def classes(root, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if kind in one.get("class", "").split()]


def rectangles(root):
    rects = [box.find("rect") for box in classes(root, "box")]
    return [[int(rect.get(side)) for side in ("x", "y", "width", "height")] for rect in rects]


@pytest.mark.parametrize(
    "drawing",
    [
        WHOLE,
        replace(WHOLE, joint=5),
        replace(WHOLE, split=2, around=[Box("conv", ("a", "b", "c", "d"))] * 3),
        replace(WHOLE, skip=replace(SKIP, on=False)),
        replace(WHOLE, joint=5, skip=replace(SKIP, on=False)),
    ],
)
def test_boxes_lie_within_the_frame_and_none_covers_another(drawing):
    root = drawn(drawing)
    height = int(root.get("viewBox").split()[3])
    boxes = rectangles(root)
    for x, y, width, tall in boxes:
        assert x >= 0 and x + width <= WIDTH and y >= 0 and y + tall <= height
    for column in (True, False):
        own = sorted(box[1:] for box in boxes if (box[0] < CENTRE) is column)
        assert all(y + tall < below for (y, _, tall), (below, _, _) in pairwise(own))


def test_the_skip_is_a_switch_with_a_name_and_a_state():
    (skip,) = classes(drawn(WHOLE), "switch")
    assert skip.get("role") == "switch" and skip.get("tabindex") == "0"
    assert skip.get("aria-checked") == "true" and skip.get("data-arm") == "residual"
    assert skip.get("aria-label") == "Take out the skip of: <residual>"
    (off,) = classes(drawn(replace(WHOLE, skip=replace(SKIP, on=False))), "switch")
    assert off.get("aria-checked") == "false" and "off" in off.get("class")
    root = drawn(replace(WHOLE, skip=replace(SKIP, works=False)))
    assert not [one for one in root.iter() if one.get("role") == "switch" or one.get("data-arm")]


def test_where_there_is_no_skip_nothing_is_added():
    assert len(classes(drawn(WHOLE), "plus")) == 1
    assert classes(drawn(replace(WHOLE, skip=replace(SKIP, on=False))), "plus") == []


def test_the_skip_comes_back_at_the_addition_which_lies_before_the_last_relu():
    root = drawn(WHOLE)
    (plus,) = classes(root, "plus")
    middle = int(plus.find("circle").get("cy"))
    below = sorted(y for x, y, *_ in rectangles(root) if x < CENTRE)
    assert below[3] < middle < below[4]
    assert f"V{middle} H" in classes(root, "way")[0].get("d")
