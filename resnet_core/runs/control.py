"""Store what the learner asks of a living run in control.json, which is replaced as a whole."""

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from base.files import write_json
from resnet_core.runs.folder import CONTROL, cannot_write
from resnet_core.runs.log.events import Blocks
from resnet_core.runs.settings import Settings

MOST_BYTES = 1 << 16


class Control(msgspec.Struct, frozen=True, rename={"command": "want"}):
    """Hold what the learner asks of a living run. The worker reads it before every step.

    With `until`, a paused run goes on to that step first, counted over all its seeds.
    `learning_rate` replaces the configured one, the peak of a schedule. The others are the fields
    of a `Surgery`; what is None was not asked for. The file calls the command "want".
    """

    command: Literal["run", "pause", "stop"] = "run"
    until: Annotated[int, Meta(ge=0, le=10**9)] = 0
    learning_rate: Annotated[float, Meta(gt=0, le=100)] | None = None
    skips: bool | None = None
    skips_out: Blocks | None = None
    deleted: Blocks | None = None
    averages: bool | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """Return by name the settings that were asked for (`resnet_core.runs.settings`)."""
        values = {one.name: getattr(self, one.name) for one in fields(Settings)}
        return {name: value for name, value in values.items() if value is not None}


def control(folder: Path) -> Control:
    """Return the last request, or the default if there is none or the file is damaged."""
    try:
        with open(folder / CONTROL, "rb") as file:
            return msgspec.json.decode(file.read(MOST_BYTES), type=Control)
    except (OSError, ValueError, RecursionError):
        return Control()


def request(folder: Path, **changes: object) -> Control:
    """Change a request and keep the rest. Raises RunError if it cannot be written."""
    changed = msgspec.structs.replace(control(folder), **changes)
    try:
        write_json(folder / CONTROL, msgspec.to_builtins(changed))
    except OSError as error:
        raise cannot_write(folder, error) from error
    return changed
