"""The version of this code, recorded with every run. It stands in pyproject.toml alone."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
VERSION: str = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["version"]
