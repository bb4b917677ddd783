"""Which devices a run is spread over, by --devices or by TF_CONFIG, and what is refused."""

import json

import pytest

from resnet_core import __main__ as command
from resnet_core import jobs, runs
from resnet_core.jobs import executors, machines

TWO = {"worker": ["127.0.0.1:1", "127.0.0.1:2"]}


@pytest.fixture(autouse=True)
def no_choice(monkeypatch, own_home):
    """The environment is this test's own, and is given back."""
    for name in (runs.EXECUTOR, machines.COUNT, machines.MACHINES):
        monkeypatch.setenv(name, "")


def named(cluster: dict, kind: str = "worker", index: int = 0) -> str:
    return json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}})


@pytest.mark.parametrize(
    ("config", "place"),
    [
        ("", None),
        (named({"worker": ["127.0.0.1:1"]}), None),
        (named(TWO), machines.Place(True, 2)),
        (named(TWO, index=1), machines.Place(False, 2)),
        (named({"chief": ["a:1"], **TWO}), machines.Place(False, 3)),
        (named({**TWO, "chief": ["a:1"]}, "chief"), machines.Place(True, 3)),
    ],
)
def test_the_chief_is_the_first_machine_that_tf_config_names(monkeypatch, config, place):
    monkeypatch.setenv(machines.MACHINES, config)
    assert machines.place() == place


@pytest.mark.parametrize(
    "config", ["{", "[]", named(TWO, "evaluator"), named(TWO, index=7), '{"cluster": 3}']
)
def test_a_tf_config_that_says_nothing_sensible_is_a_sentence(monkeypatch, capsys, config):
    monkeypatch.setenv(machines.MACHINES, config)
    monkeypatch.setattr("sys.argv", ["resnet_core", "train"])
    assert command.main() == 2
    assert "TF_CONFIG cannot be read" in capsys.readouterr().err and runs.every() == []


def test_devices_choose_their_executor_and_tf_config_does_so_by_itself(monkeypatch):
    assert not jobs.spread(None, None) and jobs.executor() is executors.THIS_MACHINE
    assert not jobs.spread("2", None) and jobs.executor() is executors.DEVICES
    assert machines.devices() == "2"
    monkeypatch.setenv(runs.EXECUTOR, "")
    monkeypatch.setenv(machines.MACHINES, named(TWO, index=1))
    assert jobs.spread(None, None) and jobs.executor() is executors.DEVICES


def test_who_named_another_executor_is_not_overruled_by_tf_config(monkeypatch):
    monkeypatch.setenv(machines.MACHINES, named(TWO, index=1))
    monkeypatch.setenv(runs.EXECUTOR, "local")
    assert not jobs.spread(None, None) and jobs.executor() is executors.THIS_MACHINE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--devices", "some"], "RESIDUAL_DEVICES is some"),
        (["--devices", "0"], "RESIDUAL_DEVICES is 0"),
        (["--devices", "2", "--on", "local"], "cannot be combined with --on local"),
    ],
)
def test_what_cannot_be_spread_is_refused_before_a_run_is_made(monkeypatch, capsys, words, said):
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", *words])
    assert command.main() == 2
    assert said in capsys.readouterr().err and runs.every() == []
