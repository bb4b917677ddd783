"""Find what the nets of an experiment have in common, and where their code needs an `if`.

A toggle that all nets share is written into the code. One in which they differ becomes a field of
the net.
"""

from collections.abc import Sequence
from dataclasses import fields

from resnet_core.experiment.net import NetConfig

ALWAYS = ("depth", "width", "skip")  # fields in every script, so that a reader can turn them
WRITTEN_OUT = ("classes",)
INDENT = "    "


class Toggles:
    """Answer what the code of these nets has to contain."""

    def __init__(self, nets: Sequence[NetConfig]):
        self.nets = nets

    @property
    def fields(self) -> list[str]:
        """Return the fields of the net in the script."""
        names = [f.name for f in fields(NetConfig) if f.name not in (*ALWAYS, *WRITTEN_OUT)]
        return [*ALWAYS, *(name for name in names if len(self.values(name)) > 1)]

    def values(self, name: str) -> list[object]:
        """Return the values that a toggle has in these nets, each once."""
        return list(dict.fromkeys(getattr(net, name) for net in self.nets))

    def text(self, name: str) -> str:
        """Return a toggle as an expression: its value, or the field of the net."""
        value = self.values(name)[0]
        literal = f'"{value}"' if isinstance(value, str) else repr(value)
        return f"self.{name}" if name in self.fields else literal

    def when(self, name: str, value: object, lines: list[str]) -> list[str]:
        """Return lines for the nets with one value: as they are, under an `if`, or none."""
        if value not in self.values(name):
            return []
        if name not in self.fields:
            return lines
        condition = f"self.{name}" if value is True else f'self.{name} == "{value}"'
        condition = f"not self.{name}" if value is False else condition
        return [f"if {condition}:", *indented(lines)]


def indented(lines: list[str]) -> list[str]:
    """Return lines one level deeper."""
    return [INDENT + line if line else line for line in lines]
