"""Name each unit in each language, from questions/units.toml."""

import tomllib
from functools import cache

from study.bank.loading import ROOT

SYMBOLS = ("", "%", "‰", "KiB", "MiB", "GiB", "s", "ms", "°")


def word(unit: str, language: str) -> str:
    """Return the name of a unit, or the unit itself if it is a symbol or unknown."""
    return known().get(unit, {}).get(language, unit)


@cache
def known() -> dict[str, dict[str, str]]:
    """Return the names of each unit by language."""
    return tomllib.loads((ROOT / "units.toml").read_text("utf-8"))
