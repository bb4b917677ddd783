"""The curves of a finished run are kept in the form in which they ship."""

from pathlib import Path

import pytest

from resnet_core import runs
from study.practice import recorded_curves

RUN = next((Path(__file__).parents[2] / "resnet_core" / "runs" / "old").iterdir())


def test_the_curves_of_a_run_are_stored_and_loaded_again(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(recorded_curves, "FOLDER", tmp_path / "curves")
    assert recorded_curves.main([str(RUN), "a-run", "other images"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "curves" / "a-run.json")
    told, past = recorded_curves.load("a-run"), runs.history(RUN)
    assert told["data"] == "other images" and set(told["arms"]) == {"residual", "plain"}
    for name, arm in told["arms"].items():
        assert arm["loss"] == [event["loss"] for event in past.of("step", name)]
        assert arm["input_gradient"] == past.of("flow", name)[0]["input_gradient"]
        line = recorded_curves.loss_line(arm)
        assert line[0] == (0, pytest.approx(arm["loss"][0]))
        assert line[5] == (5, pytest.approx(sum(arm["loss"]) / 6))
    recorded_curves.load.cache_clear()
