"""Where runs are trained: chosen by name, each with its own queue and its own process."""

from dataclasses import replace

import pytest

from resnet_core import __main__ as command
from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import executors, worker_files, worker_process

EXPERIMENT = Experiment.twins(
    "tiny", NetConfig(depth=8, width=4), TrainConfig(steps=3, batch=4), dataset="synthetic"
)


@pytest.fixture
def spawned(monkeypatch) -> list[list[str]]:
    """The commands of the processes that would have been started."""
    commands: list[list[str]] = []

    class Child:
        pid = 0

        def poll(self):
            return 0

        returncode = 0

    def start(words, *_):
        commands.append(words)
        return Child()

    monkeypatch.setattr(worker_process, "_detached", start)
    monkeypatch.setattr(worker_process, "_children", [])
    return commands


@pytest.mark.parametrize(
    ("name", "module", "log"),
    [
        ("local", "resnet_core.nn.training.workers.worker", "worker.log"),
        ("ray", "resnet_core.jobs.cluster.relay", "relay.log"),
    ],
)
def test_each_executor_has_its_process_and_its_files(
    own_home, monkeypatch, spawned, name, module, log
):
    from base import folders

    monkeypatch.setenv(runs.EXECUTOR, name)
    jobs.start(EXPERIMENT)
    assert [words[2] for words in spawned] == [module]
    assert (folders.home() / log).exists()
    jobs.tell("busy")
    assert worker_files.last_told().state == "busy"
    assert (folders.home() / log.replace(".log", ".json")).exists()


def test_a_run_waits_for_the_executor_that_it_was_given_to_and_every_page_sees_it(
    own_home, monkeypatch, spawned
):
    here = jobs.start(EXPERIMENT)
    monkeypatch.setenv(runs.EXECUTOR, "ray")
    there = jobs.start(EXPERIMENT)
    assert [runs.queued_run(entry).id for entry in runs.queue_entries()] == [there.id]
    assert runs.queued_place(here.folder) == runs.queued_place(there.folder) == 1
    monkeypatch.delenv(runs.EXECUTOR)
    assert [runs.queued_run(entry).id for entry in runs.queue_entries()] == [here.id]
    assert runs.status(there.folder).name == "queued"
    jobs.stop(there.folder)
    assert runs.status(there.folder).name == "stopped"
    assert runs.queue_entries(on="ray") == []


def test_an_unknown_executor_is_a_sentence(own_home, monkeypatch):
    monkeypatch.setenv(runs.EXECUTOR, "moon")
    with pytest.raises(runs.RunError, match="RESIDUAL_EXECUTOR is moon.*local, ray"):
        jobs.start(EXPERIMENT)


@pytest.mark.parametrize(
    "words", [["train"], ["claims", "variance-doubles-a-block"], ["probe"], ["apart"]]
)
def test_a_command_says_what_to_install_where_ray_is_missing(own_home, monkeypatch, capsys, words):
    monkeypatch.setenv(runs.EXECUTOR, "local")  # `--on` sets it, and the test gives it back
    monkeypatch.setattr(executors, "find_spec", lambda name: None)
    monkeypatch.setattr("sys.argv", ["resnet_core", *words, "--on", "ray"])
    assert command.main() == 2
    said = capsys.readouterr().err
    assert "The package ray is not installed" in said and "requirements-cluster.txt" in said
    assert runs.every() == [] and runs.queue_entries(on="ray") == []


def test_numbers_for_ray_are_numbers(monkeypatch):
    from resnet_core.jobs.cluster import connection

    monkeypatch.setenv(connection.CPUS, "many")
    with pytest.raises(executors.ExecutorError, match="RESIDUAL_RAY_CPUS has to be a number"):
        connection._number(connection.CPUS, 1.0)


def test_a_cluster_takes_runs_of_one_seed_and_says_so(own_home, monkeypatch, spawned):
    several = replace(EXPERIMENT, seeds=3)
    monkeypatch.setenv(runs.EXECUTOR, "ray")
    with pytest.raises(executors.ExecutorError, match="one seed, and this one has 3"):
        jobs.start(several)
    assert runs.every() == [] and spawned == []
    monkeypatch.setenv(runs.EXECUTOR, "local")
    run = jobs.start(several)
    runs.leave_queue(run.folder)
    monkeypatch.setenv(runs.EXECUTOR, "ray")
    with pytest.raises(executors.ExecutorError):
        jobs.resume(run.folder)
