"""Sentences for people, below the interface: a key with values, and the sentence in English.

`ui.shell.i18n` words the key in the learner's language; the command line prints the English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """Hold `key` and `values` for the catalogue, and `english` for a terminal or a log."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    english: str = ""

    def __str__(self) -> str:
        return self.english

    def to_json(self) -> dict:
        return {"key": self.key, "values": self.values, "english": self.english}

    @classmethod
    def from_json(cls, data: dict) -> "Message":
        return cls(data["key"], dict(data.get("values", {})), data.get("english", ""))


class UserError(Exception):
    """Report an error that a person can act on. The module that raises it subclasses this."""

    def __init__(self, message: Message):
        super().__init__(message.english)
        self.message = message
