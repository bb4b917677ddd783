"""Colours and dashes by arm. Okabe and Ito's set, told apart with any colour vision."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C564B", "#7F7F7F")
PADDING = {"left": 0, "top": 4, "right": 8, "bottom": 0}
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down", "stroke", "wedge")


def scale(arms: list[str]) -> dict:
    return {"domain": arms, "range": list(COLOURS[: len(arms)])}


def shapes(arms: list[str]) -> dict:
    return {"domain": arms, "range": list(SHAPES[: len(arms)])}
