"""What a unit is called in each language, from questions/units.toml."""

import tomllib
from functools import cache

from study.bank.loading import ROOT

SYMBOLS = ("", "%", "‰", "KiB", "MiB", "GiB", "s", "ms", "°")


def word(unit: str, language: str) -> str:
    """The unit itself where it is a symbol, or not known."""
    return known().get(unit, {}).get(language, unit)


@cache
def known() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "units.toml").read_text("utf-8"))
