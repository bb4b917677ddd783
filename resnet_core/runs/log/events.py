"""Define the events of a run as types, and check every line of a log when it is read.

A log may come from another version, another machine or a disk that lost a block. A line that is
not an event of a known kind, with the fields that its readers need, is left out as a whole.

In a run of several seeds every event says in `seed` which one it belongs to.
"""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

import msgspec
from msgspec import Meta

from resnet_core.experiment.config import QUANTITIES
from resnet_core.experiment.surgery.cuts import BLOCK, MOST_BLOCKS
from resnet_core.runs.log import figures

Count = Annotated[int, Meta(ge=0, le=10**9)]
Seed = Annotated[int, Meta(ge=0, le=2**32)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]
Share = Annotated[float, Meta(ge=0, le=1)]
Blocks = Annotated[
    tuple[Annotated[str, Meta(pattern=BLOCK)], ...], Meta(max_length=MOST_BLOCKS)
]  # names of blocks
Number = float | None  # null stands for NaN or infinity
Event = dict[str, Any]


class ArmFacts(TypedDict):
    layers: list[str]
    parameters: NotRequired[int]
    macs: NotRequired[int]


class DataFacts(TypedDict):
    label: str
    name: NotRequired[str]
    published: NotRequired[bool]
    fingerprint: NotRequired[str]
    class_names: NotRequired[list[str]]
    train_images: NotRequired[Count]
    test_images: NotRequired[Count]


class WeightsFacts(TypedDict):
    """Say where the weights come from with which the arms start, and after how many steps."""

    source: str
    step: Count


class Started(TypedDict):
    kind: Literal["started"]
    seed: NotRequired[Seed]
    from_step: Count
    arms: dict[str, ArmFacts]
    data: DataFacts
    weights: NotRequired[WeightsFacts]
    versions: NotRequired[dict[str, str]]
    elapsed_s: NotRequired[Seconds]


class State(TypedDict):
    kind: Literal["state"]
    seed: NotRequired[Seed]
    state: str
    step: NotRequired[Count]
    arm: NotRequired[str]
    done: NotRequired[Count]  # of the steps of a source net, `of` in all
    of: NotRequired[Count]
    elapsed_s: NotRequired[Seconds]


class Built(TypedDict):
    kind: Literal["built"]
    seed: NotRequired[Seed]
    arm: str
    parameters: Count
    step: NotRequired[Count]
    elapsed_s: NotRequired[Seconds]


class Step(TypedDict):
    kind: Literal["step"]
    seed: NotRequired[Seed]
    arm: str
    step: Count
    loss: Number
    accuracy: Number
    learning_rate: Number
    elapsed_s: Seconds
    images_s: NotRequired[Number]


class Flow(TypedDict):
    kind: Literal["flow"]
    seed: NotRequired[Seed]
    arm: str
    step: Count
    weight_gradient: list[Number]
    input_gradient: list[Number]
    update_ratio: list[Number]
    activation_std: list[Number]
    dead_share: list[Number]
    precision: NotRequired[str]
    elapsed_s: NotRequired[Seconds]


class Evaluation(TypedDict):
    """Hold an evaluation. `right` and `said` count images by class, recognised and predicted.

    `of` counts the images of each class.
    """

    kind: Literal["eval"]
    seed: NotRequired[Seed]
    arm: str
    step: Count
    accuracy: Share
    loss: Number
    images: Annotated[int, Meta(ge=1, le=10**9)]
    of: NotRequired[list[Count]]
    right: NotRequired[list[Count]]
    said: NotRequired[list[Count]]
    elapsed_s: NotRequired[Seconds]


class Probe(TypedDict):
    kind: Literal["probe"]
    seed: NotRequired[Seed]
    arm: str
    step: Count
    images: list[Count]
    labels: list[Count]
    probabilities: list[list[Number]]
    elapsed_s: NotRequired[Seconds]


class Diagnostic(TypedDict):
    """Hold the `figures` that the diagnostic of that name measured on one arm, as plain JSON."""

    kind: Literal["diagnostic"]
    seed: NotRequired[Seed]
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    arm: str
    step: Count
    figures: dict[str, Any]
    seconds: Seconds
    elapsed_s: NotRequired[Seconds]


class Memory(TypedDict):
    """Hold what a body that moved to new classes still knows of those that it learned first.

    `accuracy` is that on test images of those classes, under the old head; `before` is what it was
    before the move.
    """

    kind: Literal["memory"]
    seed: NotRequired[Seed]
    arm: str
    step: Count
    accuracy: Share
    before: Share
    images: Annotated[int, Meta(ge=1, le=10**9)]
    elapsed_s: NotRequired[Seconds]


class Thawed(TypedDict):
    """Hold how many weights an arm that is fine-tuned trains in its last phase."""

    kind: Literal["thawed"]
    seed: NotRequired[Seed]
    arm: str
    parameters: Count
    step: NotRequired[Count]
    elapsed_s: NotRequired[Seconds]


class Changed(TypedDict, total=False):
    learning_rate: Annotated[float, Meta(gt=0, le=100)]
    skips: bool
    skips_out: Blocks
    deleted: Blocks
    averages: bool


class ControlEvent(TypedDict):
    kind: Literal["control"]
    seed: NotRequired[Seed]
    changed: Changed
    step: Count
    elapsed_s: NotRequired[Seconds]


class Note(TypedDict):
    kind: Literal["note"]
    seed: NotRequired[Seed]
    text: NotRequired[str]
    step: NotRequired[Count]
    elapsed_s: NotRequired[Seconds]


class Reason(TypedDict):
    key: str
    values: NotRequired[dict[str, str | float | int | bool | None]]
    english: NotRequired[str]


class End(TypedDict):
    kind: Literal["end"]
    seed: NotRequired[Seed]
    status: Literal["done", "stopped", "failed"]
    reason: NotRequired[Reason | None]
    step: NotRequired[Count]
    elapsed_s: NotRequired[Seconds]


class _Kind(msgspec.Struct):
    kind: str


KINDS = {
    "started": Started,
    "state": State,
    "built": Built,
    "step": Step,
    "flow": Flow,
    "eval": Evaluation,
    "probe": Probe,
    "diagnostic": Diagnostic,
    "memory": Memory,
    "thawed": Thawed,
    "control": ControlEvent,
    "note": Note,
    "end": End,
}
_kind = msgspec.json.Decoder(_Kind)
_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()
}
BY_CLASS = ("of", "right", "said")


def decode(line: bytes) -> Event | None:
    """Return the event of a line, or None if it is not one."""
    try:
        event: Event = _decoders[_kind.decode(line).kind].decode(line)
    except (ValueError, KeyError, RecursionError):
        return None  # torn, foreign, of an unknown kind, or nested maliciously
    if event["kind"] == "diagnostic" and not figures.sound(event["name"], event["figures"]):
        return None
    return event if _lists_agree(event) else None


def _lists_agree(event: Event) -> bool:
    """Return whether lists that are read side by side have the same length."""
    if event["kind"] == "flow":
        return len({len(event[quantity]) for quantity in QUANTITIES}) == 1
    if event["kind"] == "eval":
        return len({len(event[name]) for name in BY_CLASS if name in event}) <= 1
    if event["kind"] == "probe":
        return len(event["images"]) == len(event["labels"]) == len(event["probabilities"])
    return True
