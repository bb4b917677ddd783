"""Define sentences for people by a key and its values, with the sentence in English as a fallback.

`ui.shell.i18n` puts the key in the learner's language; the command line prints the English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.catalogue import catalogue


@dataclass(frozen=True)
class Message:
    """Hold the `key` and the `values` of a sentence. `str()` returns the English of the catalogue.

    `english` is the sentence as another version logged it. It is used if this version does not know
    the key or lacks one of its values.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    english: str = ""

    def __str__(self) -> str:
        try:
            return catalogue("en")[self.key].format(**self.values)
        except (KeyError, IndexError):
            return self.english or self.key

    def to_json(self) -> dict:
        return {"key": self.key, "values": self.values, "english": str(self)}

    @classmethod
    def from_json(cls, data: dict) -> "Message":
        return cls(data["key"], dict(data.get("values", {})), data.get("english", ""))


class UserError(Exception):
    """Raised for errors that a person can act on. The module that raises it defines a subclass."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message
