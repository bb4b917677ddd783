"""The English texts of the catalogue, for terminals and generated documents."""

import json
from functools import cache
from pathlib import Path

ENGLISH = Path(__file__).resolve().parent.parent / "locales" / "en"


def english(key: str) -> str:
    """Return the English text of a key; the key itself where the catalogue has none."""
    return _texts().get(key, key)


@cache
def _texts() -> dict[str, str]:
    merged: dict[str, str] = {}
    for path in sorted(ENGLISH.glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged
