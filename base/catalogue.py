"""Read the texts of the interface from locales/<language>/<area>.json; no other module does."""

import json
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locales"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the texts of a language by key, with all areas in one mapping."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged
