"""What a snippet put out and how it ended."""

import base64
from dataclasses import dataclass, fields
from functools import cached_property

from base.messages import Message


@dataclass(frozen=True)
class Figure:
    """A PNG whose size was read from its own header, and which nobody has decoded."""

    png: bytes
    width: int
    height: int

    @cached_property
    def base64(self) -> str:
        return base64.b64encode(self.png).decode()

    @property
    def address(self) -> str:
        """Return an address that holds the bytes themselves, for the browser to decode."""
        return f"data:image/png;base64,{self.base64}"

    def to_json(self) -> dict:
        return {
            "mime": "image/png",
            "base64": self.base64,
            "width": self.width,
            "height": self.height,
        }


@dataclass(frozen=True)
class Event:
    """`kind` is stdout, stderr, figure or end; `text` for the first two."""

    kind: str
    text: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Result:
    """`status`: ok, error (the snippet's own), timeout, or killed (by a limit, a signal or Stop).

    `line` is the learner's own line where the error arose. Text holds no control characters.
    `seconds` and `first_output_s` count from when the process was ready. `values` is what hidden
    tests were answered, unchecked: a snippet may forge all of it.
    """

    status: str
    reason: Message | None
    exit_code: int | None
    stdout: str
    stderr: str
    truncated: bool
    figures: tuple[Figure, ...]
    seconds: float
    tier: str
    peak_rss_bytes: int
    peak_tasks: int
    line: int | None = None
    warm: bool = False
    first_output_s: float | None = None
    figures_cut: bool = False
    values: tuple = ()

    def to_json(self) -> dict:
        data = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "values"}
        data["reason"] = str(self.reason) if self.reason else None
        data["figures"] = [figure.to_json() for figure in self.figures]
        data["seconds"] = round(self.seconds, 3)
        return data
