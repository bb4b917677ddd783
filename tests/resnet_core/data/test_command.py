"""`python -m resnet_core data` tells where the images are, and where they would come from."""

import sys

import pytest

from resnet_core.__main__ import main


@pytest.fixture
def data(monkeypatch, tmp_path):
    """Return `data("where", …)`, run where no data set is."""
    for name in ("RESIDUAL_DATA", "RESIDUAL_MIRROR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["resnet_core", "data", *arguments])
        return main()

    return run


def test_where_there_is_no_data_it_says_from_where_it_would_come(data, capsys):
    assert data("where", "--name", "cifar100", "--mirror", "https://mirror.example/") == 1
    told = capsys.readouterr()
    assert "https://mirror.example/cifar-100" in told.out and told.err.strip()


def test_a_folder_that_is_not_there_is_a_sentence(data, capsys, tmp_path):
    assert data("get", "--data", str(tmp_path / "nowhere")) == 1
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


def test_a_checked_data_set_is_named_with_its_counts_and_its_folder(data, capsys, cifar_sample):
    assert data("check", "--data", str(cifar_sample)) == 0
    told = capsys.readouterr().out
    assert "10 classes, fingerprint " in told and "training and" in told
