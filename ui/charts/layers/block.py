"""Draw one block of a net as an SVG: the branch on the left, the skip around it on the right.

How to read it: the input comes in at the top. Each box is a layer, with the shape of its output,
the side of the patch of the image that one of its values sees, its parameters and multiply-adds.
The skip is a switch: its line is solid if the skip is there, and dashed if it is not.

The theme gives the colours, by the style sheet beside the component that shows the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 380
LEFT, BRANCH = 6, 236  # where the branch's boxes begin, and how wide they are
SIDE, SIDE_WIDTH = 262, 112  # the same of the skip's
CENTRE, AROUND = LEFT + BRANCH // 2, SIDE + SIDE_WIDTH // 2
LINE, ROOM, GAP = 15, 10, 16  # height of a line of text, what a box has besides, between boxes
PLUS = 11  # radius of the addition
TOP = 24


@dataclass(frozen=True)
class Box:
    """Hold one layer: its kind, for the colour, and its lines of text, the first of them bold."""

    kind: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return ROOM + LINE * len(self.lines)


@dataclass(frozen=True)
class Switch:
    """Hold what the skip says and does. `name` is what a screen reader calls it.

    A skip that cannot be switched is only drawn.
    """

    arm: str
    on: bool
    name: str
    works: bool


@dataclass(frozen=True)
class Drawing:
    """Hold everything that is drawn of a block.

    `split` and `joint` are places in `branch`, as in `resnet_core`'s BlockParts, and `around` are
    the boxes on the skip.
    """

    title: str
    input: str
    output: str
    branch: Sequence[Box]
    around: Sequence[Box]
    split: int
    joint: int
    skip: Switch


def svg(drawing: Drawing) -> str:
    """Return the picture as one SVG element."""
    tops, plus, end = _places(drawing)
    leaves = _above(tops, drawing.split, end)
    arrives = plus if plus is not None else _above(tops, drawing.joint, end)
    branch = [_box(LEFT, BRANCH, top, box) for top, box in zip(tops, drawing.branch, strict=True)]
    height = end + GAP + LINE
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{escape(drawing.title)}">',
        _text(CENTRE, LINE, drawing.input, "edge"),
        f'<path class="flow" d="M{CENTRE} {TOP} V{end}"/>',
        _arrow(CENTRE, end),
        *branch,
        _skip(drawing, leaves, arrives),
        _addition(plus) if plus is not None else "",
        _text(CENTRE, end + LINE, drawing.output, "edge"),
        "</svg>",
    ]
    return "".join(parts)


def _places(drawing: Drawing) -> tuple[list[int], int | None, int]:
    """Return the top of each box of the branch, the middle of the addition, and the bottom.

    The boxes of the skip get their room between split and joint.
    """
    inside = drawing.branch[drawing.split : drawing.joint]
    needed = sum(box.height + GAP for box in drawing.around) + 2 * GAP
    there = sum(box.height + GAP for box in inside)
    y, tops, plus = TOP + GAP, [], None
    spread = max(0, needed - there) // max(1, len(inside))
    for place, box in enumerate(drawing.branch):
        if place == drawing.joint and drawing.skip.on:
            plus, y = y + PLUS, y + 2 * PLUS + GAP
        tops.append(y)
        y += box.height + GAP
        if drawing.split <= place < drawing.joint:
            y += spread
    if drawing.joint == len(drawing.branch) and drawing.skip.on:
        plus, y = y + PLUS, y + 2 * PLUS + GAP
    return tops, plus, y


def _above(tops: Sequence[int], place: int, end: int) -> int:
    """Return the height of the line just above a box of the branch, or after the last."""
    return (tops[place] if place < len(tops) else end) - GAP // 2


def _skip(drawing: Drawing, leaves: int, arrives: int) -> str:
    """Return the skip with its boxes, as a switch."""
    switch = drawing.skip
    edge = CENTRE + PLUS + 2 if switch.on else CENTRE + 4
    way = f"M{CENTRE} {leaves} H{AROUND} V{arrives} H{edge}"
    heights = sum(box.height for box in drawing.around) + GAP * (len(drawing.around) - 1)
    y, boxes = (leaves + arrives - heights) // 2, []
    for box in drawing.around:
        boxes.append(_box(SIDE, SIDE_WIDTH, y, box))
        y += box.height + GAP
    state = "on" if switch.on else "off"
    arm = f' data-arm="{escape(switch.arm)}"' if switch.works else ""
    does = ""
    if switch.works:
        checked = str(switch.on).lower()
        does = (
            f' role="switch" tabindex="0" aria-checked="{checked}"'
            f' aria-label="{escape(switch.name)}"{arm}'
        )
    # The line can be touched as well; the switch itself lies beside the branch, so that its middle
    # is its own.
    return (
        f'<g class="skip {state}"{arm}><path class="touch" d="{way}"/>'
        f'<path class="way" d="{way}"/><circle class="fork" cx="{CENTRE}" cy="{leaves}" r="3.5"/>'
        f"{_arrow(edge, arrives, left=True)}</g>"
        f'<g class="switch {state}"{does}><rect class="reach" x="{SIDE}" y="{leaves}"'
        f' width="{SIDE_WIDTH}" height="{arrives - leaves}" rx="5"/>{"".join(boxes)}</g>'
    )


def _box(x: int, width: int, top: int, box: Box) -> str:
    middle = x + width // 2
    lines = [
        _text(middle, top + ROOM // 2 + LINE * place + 11, line, "title" if place == 0 else "fact")
        for place, line in enumerate(box.lines)
    ]
    return (
        f'<g class="box {escape(box.kind)}"><rect x="{x}" y="{top}" width="{width}"'
        f' height="{box.height}" rx="5"/>{"".join(lines)}</g>'
    )


def _addition(y: int) -> str:
    return (
        f'<g class="plus"><circle cx="{CENTRE}" cy="{y}" r="{PLUS}"/>'
        f'<path d="M{CENTRE - 5} {y} h10 M{CENTRE} {y - 5} v10"/></g>'
    )


def _arrow(x: int, y: int, *, left: bool = False) -> str:
    points = (
        f"{x},{y} {x + 7},{y - 4} {x + 7},{y + 4}"
        if left
        else (f"{x},{y} {x - 4},{y - 7} {x + 4},{y - 7}")
    )
    return f'<polygon class="head" points="{points}"/>'


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="middle">{escape(words)}</text>'
