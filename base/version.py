"""Tell the version of this code, which is recorded with every run. It is set in pyproject.toml
alone.
"""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
VERSION: str = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["version"]
