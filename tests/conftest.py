"""What tests share: the data that the environment names, and a home of their own."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """No test touches the files of the person who runs it."""
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def cifar_sample() -> Path:
    """The folder or archive that RESIDUAL_DATA names."""
    named = os.environ.get("RESIDUAL_DATA")
    if not named:
        pytest.skip("set RESIDUAL_DATA to a folder with CIFAR-10 to run the tests on real images")
    return Path(named)
