"""Store what a person says of a run, its name and its tags, in a file of its own."""

import re
from pathlib import Path

import msgspec

from base.files import write_json
from base.messages import Message, UserError
from resnet_core.runs import cannot_write

LABEL = "label.json"
LONGEST_NAME, LONGEST_TAG, MOST_TAGS = 60, 24, 8
MOST_BYTES = 1 << 14
SEPARATORS = re.compile(r"[,;，；、\n]")


class LabelError(UserError):
    """Raised for a name or tags that are too long or too many."""


class Label(msgspec.Struct, frozen=True):
    """Hold the name, the tags, and whether the run came from an archive.

    If the name is empty, the run is called by the words that follow from its id.
    """

    name: str = ""
    tags: tuple[str, ...] = ()
    imported: bool = False

    def __post_init__(self) -> None:
        if len(self.name) > LONGEST_NAME:
            raise LabelError(Message("library.name_too_long", {"most": LONGEST_NAME}))
        if len(self.tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in self.tags):
            values: dict[str, object] = {"most": MOST_TAGS, "longest": LONGEST_TAG}
            raise LabelError(Message("library.too_many_tags", values))


def label_of(folder: Path) -> Label:
    """Return the label of a run. It is empty if there is none or it is damaged."""
    try:
        with open(folder / LABEL, "rb") as file:
            return read_label(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError, LabelError):
        return Label()


def read_label(data: bytes) -> Label:
    """Return the label of a file's bytes. Raises ValueError and LabelError."""
    try:
        return msgspec.json.decode(data, type=Label)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, LabelError):
            raise error.__cause__ from error
        raise


def write_label(folder: Path, label: Label) -> None:
    """Write a label. Raises RunError if the folder cannot be written."""
    try:
        write_json(folder / LABEL, msgspec.to_builtins(label))
    except OSError as error:
        raise cannot_write(folder, error) from error


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags that a person typed, separated by commas, each once."""
    tags = (" ".join(part.split()) for part in SEPARATORS.split(text))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
