"""What the learner wants of a living run."""

import json
from dataclasses import dataclass
from pathlib import Path

from base.files import write_json
from resnet_core.runs.folder import CONTROL


@dataclass(frozen=True)
class Wish:
    """What the learner wants of a living run: the worker looks at it before every step.

    `want` is run, pause or stop. With `until`, a paused run goes on to that step first.
    """

    want: str = "run"
    until: int = 0
    learning_rate: float | None = None


def wish(folder: Path) -> Wish:
    """The default where nothing was wished or the file is damaged."""
    try:
        data = json.loads((folder / CONTROL).read_text("utf-8"))
        return Wish(str(data["want"]), int(data["until"]), data["learning_rate"])
    except (OSError, ValueError, KeyError, TypeError):
        return Wish()


def set_wish(folder: Path, **changes) -> Wish:
    changed = Wish(**{**wish(folder).__dict__, **changes})
    write_json(folder / CONTROL, changed.__dict__)
    return changed
