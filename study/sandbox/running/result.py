"""Describe the output of a snippet and how the snippet ended."""

import base64
from dataclasses import dataclass, fields
from functools import cached_property

from base.messages import Message


@dataclass(frozen=True)
class Figure:
    """Hold a PNG that nobody has decoded; its size was read from its own header."""

    png: bytes
    width: int
    height: int

    @cached_property
    def base64(self) -> str:
        return base64.b64encode(self.png).decode()

    @property
    def address(self) -> str:
        """Return an address that contains the bytes themselves, for the browser to decode."""
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
    """Hold one piece of output.

    `kind` is stdout, stderr, figure or end; the first two have a `text`.
    """

    kind: str
    text: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Result:
    """Hold how a snippet ended, and its output as text without control characters.

    `status` is ok, error (the snippet's own), timeout, or killed (by a limit, a signal or Stop).
    `line` is the learner's own line that raised the error. `seconds` and `first_output_s` count
    from when the process was ready. `values` are what hidden cases returned, unchecked: any snippet
    may claim some.
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
