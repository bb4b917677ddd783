"""Check what each diagnostic's figures look like when its event is read.

A log may come from anywhere. Code that draws the figures relies on these fields, on their types,
and on equal lengths of lists that are read side by side.
"""

from typing import Annotated, Any, NotRequired, TypedDict

import msgspec
from msgspec import Meta

Count = Annotated[int, Meta(ge=0, le=10**9)]
Share = Annotated[float, Meta(ge=0, le=1)]
Number = float | None  # null stands for NaN or infinity
Byte = Annotated[int, Meta(ge=0, le=255)]
# A picture of CIFAR's size. It goes into a page as an address, so nothing but base64 may be in it.
Png = Annotated[str, Meta(max_length=8192, pattern=r"^[A-Za-z0-9+/]+={0,2}\Z")]
Names = Annotated[list[str], Meta(max_length=2500)]


class Shatter(TypedDict):
    layers: Names
    lag_1: list[Number]
    input_lag_1: float
    by_lag: list[Number]


class Precision(TypedDict):
    layers: Names
    float32: list[Number]
    bfloat16: list[Number]
    lowest_float32: float
    lowest_bfloat16: float
    norm: list[Number]


class Several(TypedDict):
    k: Count
    accuracy: list[Share]


class Shuffled(TypedDict):
    stage: Count
    accuracy: Share


class Lesion(TypedDict):
    blocks: Names
    whole: Share
    without: list[Share]
    median_without: Share
    change: list[Number]
    several: list[Several]
    shuffled: list[Shuffled]
    images: Count
    trained: bool


class Paths(TypedDict):
    blocks: Names
    size: list[Number]
    share: list[Number]
    binomial: list[Share]
    mean_length: float
    binomial_mean: float
    whole: Number


class LossSlice(TypedDict):
    at: list[float]
    moving: list[Number]
    batch: list[Number]
    half_width_moving: Number
    half_width_batch: Number


class RateRange(TypedDict):
    rate: list[float]
    loss: list[Number]
    smooth: list[Number]
    steepest: Number
    lowest: Number


class Bin(TypedDict):
    images: Count
    confidence: Share
    accuracy: Share


# `is` is a word of Python, so the fields stand in quotation marks. Older logs have no picture.
Wrong = TypedDict(
    "Wrong", {"image": Count, "is": Count, "said": Count, "sure": Share, "png": NotRequired[Png]}
)


class Confusion(TypedDict):
    matrix: Annotated[list[list[Count]], Meta(max_length=1000)]
    accuracy: Share
    bins: list[Bin]
    calibration_error: Share
    wrong: Annotated[list[Wrong], Meta(max_length=64)]
    images: Count


class Maps(TypedDict):
    kernels: Annotated[list[list[list[list[Byte]]]], Meta(max_length=64)]
    places: Names
    maps: Annotated[list[list[list[list[Byte]]]], Meta(max_length=64)]


FIGURES = {
    "shatter": Shatter,
    "precision": Precision,
    "lesion": Lesion,
    "paths": Paths,
    "loss_slice": LossSlice,
    "rate_range": RateRange,
    "confusion": Confusion,
    "maps": Maps,
}
SIDE_BY_SIDE = {
    "shatter": ("layers", "lag_1"),
    "precision": ("layers", "float32", "bfloat16", "norm"),
    "lesion": ("blocks", "without", "change"),
    "loss_slice": ("at", "moving", "batch"),
    "rate_range": ("rate", "loss", "smooth"),
    "maps": ("places", "maps"),
}


def sound(name: str, figures: dict[str, Any]) -> bool:
    """Return whether figures have the form of their diagnostic; an unknown one may have any."""
    if name not in FIGURES:
        return True
    try:
        msgspec.convert(figures, FIGURES[name])
    except (msgspec.ValidationError, RecursionError):
        return False
    lengths = {len(figures[key]) for key in SIDE_BY_SIDE.get(name, ())}
    if name == "paths":
        lengths = {len(figures["blocks"]) + 1, *(len(figures[k]) for k in ("share", "binomial"))}
    if name == "confusion":
        lengths = {len(figures["matrix"]), *(len(row) for row in figures["matrix"])}
    return len(lengths) <= 1
