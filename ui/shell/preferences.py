"""Remember preferences between visits in a small file, separate from the review log."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from base.files import write_json
from base.messages import UserError
from ui.shell.visitors import own


class Preferences(msgspec.Struct, frozen=True):
    """Hold what this installation remembers about the person who uses it.

    `language` is empty until one was chosen, and `level` is that of the wanted questions. `started`
    says that the first start was answered, and `consent` that edited code may run without
    isolation.
    """

    language: Literal["", "zh", "en"] = ""
    level: Annotated[int, Meta(ge=1, le=3)] = 2
    started: bool = False
    consent: bool = False


def path() -> Path:
    """Return the file that holds the preferences."""
    return own.home() / "preferences.json"


def load() -> Preferences:
    """Return the preferences, or the defaults if the file is missing or damaged."""
    try:
        return msgspec.json.decode(path().read_bytes(), type=Preferences)
    except (OSError, ValueError, RecursionError, UserError):  # or the session of nobody
        return Preferences()


def remember(**changes: object) -> None:
    """Write a preference if it changed.

    Raises nothing if home cannot be written: the pages that store progress say what is wrong.
    """
    before = load()
    after = msgspec.structs.replace(before, **changes)
    if after == before:
        return
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        write_json(path(), msgspec.to_builtins(after))
    except (OSError, UserError):
        return
