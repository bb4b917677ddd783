"""Define sentences for people below the interface: a key, its values, and the sentence in English.

`ui.shell.i18n` puts the key in the learner's language; the command line prints the English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.catalogue import catalogue


@dataclass(frozen=True)
class Message:
    """Hold `key` and `values` of a sentence. `str()` returns the English of the catalogue.

    `english` is what a log of another version says where this version does not know the key, or
    lacks one of its values.
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
    """Raised for what a person can act on. The module that raises it makes a subclass."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message
