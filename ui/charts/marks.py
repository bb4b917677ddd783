"""Mark the steps at which the rate was changed, or the run was paused or resumed."""

from collections.abc import Sequence

from ui.charts.palette import MARK

ROWS, LINE = 3, 13  # words that follow each other stand below each other, so many pixels apart
Marks = Sequence[tuple[int, str]]


def layers(marks: Marks, colour: str = MARK) -> list[dict]:
    """Return the layers of a Vega-Lite chart that draw a line and a word at each step."""
    if not marks:
        return []
    placed = [{"step": step, "mark": words} for step, words in sorted(_joined(marks))]
    x = {"field": "step", "type": "quantitative"}
    tooltip = [{"field": "mark", "type": "nominal", "title": " "}]
    rule = {
        "data": {"values": placed},
        "mark": {"type": "rule", "color": colour, "strokeDash": [4, 3]},
        "encoding": {"x": x, "tooltip": tooltip},
    }
    word = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "color": colour}
    text = {"field": "mark", "type": "nominal"}
    rows = [
        {
            "data": {"values": placed[row::ROWS]},
            "mark": word,
            "encoding": {"x": x, "y": {"value": 2 + row * LINE}, "text": text},
        }
        for row in range(min(ROWS, len(placed)))
    ]
    return [rule, *rows]


def _joined(marks: Marks) -> list[tuple[int, str]]:
    """Return one mark for each step, with its words together."""
    by_step: dict[int, list[str]] = {}
    for step, words in marks:
        by_step.setdefault(step, []).append(words)
    return [(step, " · ".join(words)) for step, words in by_step.items()]
