"""Read the texts of the interface, here alone: locales/<language>/<area>.json."""

import json
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locales"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the texts of a language by key, all areas together."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged
