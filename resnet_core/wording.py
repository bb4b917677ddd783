"""Sentences for people, below the interface: a key with values, and the sentence in English.

`ui.texts` words the key in the learner's language; the command line prints the English.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """`key` and `values` for the catalogue, `english` for a terminal or a log."""

    key: str
    values: dict[str, object] = field(default_factory=dict)
    english: str = ""

    def __str__(self) -> str:
        return self.english

    def to_json(self) -> dict:
        return {"key": self.key, "values": self.values, "english": self.english}

    @classmethod
    def from_json(cls, data: dict) -> "Words":
        return cls(data["key"], dict(data.get("values", {})), data.get("english", ""))


class Said(Exception):  # noqa: N818 - its subclasses are called …Error
    """An error a person can act on. Subclassed by the module that raises it."""

    def __init__(self, words: Words):
        super().__init__(words.english)
        self.words = words
