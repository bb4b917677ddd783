"""Read the version of this code from pyproject.toml. Every run records it."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
VERSION: str = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["version"]
