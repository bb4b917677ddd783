"""The relay between the queue and a cluster: seats are threads here, and nothing is trained."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs.cluster import relay as relay_module
from resnet_core.jobs.cluster.parcel import LEFT_AT_HOME, inside, pack
from resnet_core.jobs.cluster.relay import Relay
from resnet_core.jobs.cluster.seating import Seating
from resnet_core.runs import checkpoints
from tests.resnet_core.jobs.cluster.in_process import InProcess

TRAIN = TrainConfig(steps=20, batch=4, checkpoint_every=5, evaluate_images=16)
EXPERIMENT = Experiment("sleep", {"net": NetConfig(8, 4)}, TRAIN, dataset="synthetic")
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def on_the_cluster(monkeypatch):
    """The queue is the cluster's, and the relay of a test runs in its own process."""
    monkeypatch.setenv(runs.EXECUTOR, "ray")
    kept = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, kept)


@pytest.fixture
def cluster(tmp_path):
    made = InProcess(tmp_path / "seats")
    yield made
    for link in made.links:
        link.leave()


@pytest.fixture
def relay(cluster):
    from base import folders

    folders.home().mkdir(parents=True)
    made = Relay(cluster, linger=0.0)
    yield made
    made.leaving = True
    until(made, lambda: not made.goes_on())
    for place in list(made._seating.places):
        made._seating.dismiss(place)


def queued(experiment=EXPERIMENT, **changes) -> runs.Run:
    if changes:
        experiment = replace(experiment, train=replace(experiment.train, **changes))
    run = runs.create(experiment)
    runs.enter_queue(run.folder)
    return run


def until(relay, condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        relay.look()


def ended(relay, *made):
    until(relay, lambda: all(runs.history(run.folder).end for run in made))


def steps(run) -> list[int]:
    return [event["step"] for event in runs.history(run.folder).of("step")]


def at_step(relay, run, step):
    until(relay, lambda: runs.history(run.folder).step >= step)


def test_runs_are_trained_side_by_side_and_their_folders_are_as_a_worker_leaves_them(relay):
    first, second, third = queued(), queued(), queued(replace(EXPERIMENT, seed=3))
    until(relay, lambda: runs.history(first.folder).started and runs.history(second.folder).started)
    assert runs.queued_place(third.folder) == 1 and runs.status(third.folder).name == "queued"
    assert runs.locked(first.folder / runs.LOCK)
    ended(relay, first, second, third)
    for run in (first, second, third):
        assert runs.status(run.folder).name == "done" and steps(run) == list(range(20))
        assert checkpoints.latest(run.folder / runs.CHECKPOINTS)[0] == 20
        assert len(list((run.folder / runs.CHECKPOINTS).iterdir())) == 2
        assert len(runs.history(run.folder).of("flow")) == 20
    until(relay, lambda: not runs.locked(first.folder / runs.LOCK))


def test_a_relay_stays_while_a_run_is_under_way_however_slow_the_machine_is(relay, monkeypatch):
    run = queued(steps=100_000)
    at_step(relay, run, 1)
    real = runs.queue_entries
    monkeypatch.setattr(runs, "queue_entries", lambda *a, **k: (time.sleep(0.1), real(*a, **k))[1])
    assert all(relay.goes_on() for _ in range(3))
    jobs.stop(run.folder)
    ended(relay, run)
    until(relay, lambda: not relay.goes_on())


def test_a_relay_that_has_many_runs_to_begin_hears_its_seats_in_between(relay, monkeypatch):
    first, second = queued(), queued()
    ended(relay, first, second)
    until(relay, lambda: sum(place.free for place in relay._seating.places) == 2)
    monkeypatch.setattr(relay_module, "BEGIN_WITHIN_S", 0.0)
    third, fourth = queued(), queued()
    relay.look()
    assert runs.queue_entries() and runs.queued_place(third.folder) is None
    ended(relay, third, fourth)


def test_pause_step_rate_resume_and_stop_reach_a_run_on_its_node(relay):
    run = queued(steps=100_000)
    at_step(relay, run, 2)
    jobs.pause(run.folder)
    until(relay, lambda: runs.status(run.folder).name == "paused")
    rested = runs.history(run.folder).step
    runs.request(run.folder, command="pause", until=rested + 1)
    at_step(relay, run, rested + 1)
    until(relay, lambda: runs.status(run.folder).name == "paused")
    assert runs.history(run.folder).step == rested + 1
    jobs.set_rate(run.folder, 0.004)
    runs.request(run.folder, command="run", until=0)
    at_step(relay, run, rested + 3)
    jobs.stop(run.folder)
    ended(relay, run)
    past = runs.history(run.folder)
    assert past.end["status"] == "stopped"
    assert past.of("step")[-1]["learning_rate"] == 0.004
    assert steps(run) == list(range(past.step))


def test_a_node_that_dies_costs_no_event_and_brings_none_twice(relay, cluster):
    run = queued(steps=60)
    at_step(relay, run, 12)
    before = [event for event in runs.history(run.folder).of("step") if event["step"] < 10]
    cluster.lose(cluster.links[0])
    until(relay, lambda: len(cluster.links) > 1)
    ended(relay, run)
    past = runs.history(run.folder)
    assert past.end["status"] == "done" and steps(run) == list(range(60))
    assert past.resumed and past.resumed[0] % 5 == 0 and past.resumed[0] >= 10
    assert past.of("step")[:10] == before
    assert "its node died" in (run.folder / runs.LOG).read_text()


def test_what_a_lost_node_still_says_is_not_heard(relay, cluster):
    run = queued(steps=100_000)
    at_step(relay, run, 3)
    cluster.lose(cluster.links[0])
    at_step(relay, run, 30)
    jobs.stop(run.folder)
    ended(relay, run)
    assert steps(run) == list(range(runs.history(run.folder).step))


def test_a_run_that_kills_every_node_fails_with_a_sentence(relay, cluster):
    run = queued(steps=100_000, checkpoint_every=1_000_000)
    for _ in range(3):
        until(relay, lambda: at_work(relay))
        place = at_work(relay)[0]
        cluster.lose(place.link)
        until(relay, lambda gone=place: gone not in relay._seating.places)
    ended(relay, run)
    status = runs.status(run.folder)
    assert status.name == "failed" and status.reason.key == "runs.seats_lost"


def at_work(relay) -> list:
    return [place for place in relay._seating.places if place.errand]


def test_a_run_without_a_seat_can_be_stopped(relay, cluster):
    run = queued(steps=100_000)
    at_step(relay, run, 1)
    cluster.room = 0
    cluster.lose(cluster.links[0])
    until(relay, lambda: runs.status(run.folder).name == "starting")
    assert runs.history(run.folder).of("state")[-1]["state"] == "seat_lost"
    jobs.stop(run.folder)
    ended(relay, run)
    assert runs.status(run.folder).name == "stopped"
    assert not runs.locked(run.folder / runs.LOCK)


def test_no_run_waits_while_a_seat_prepares_the_demonstration(cluster):
    seating = Seating(cluster, warm=2)
    seating.open([2])
    seating.open([2])
    assert [place.question for place in seating.places] == ["warm", "place"]
    seating.dismiss(seating.places[0])
    seating.dismiss(seating.places[0])
    seating.open([2])
    assert [place.question for place in seating.places] == ["place"]
    seating.close()


def test_a_relay_that_is_asked_to_go_sets_its_runs_aside_and_another_goes_on(relay, cluster):
    run = queued(steps=40)
    at_step(relay, run, 7)
    relay.leaving = True
    until(relay, lambda: not relay.goes_on())
    assert runs.status(run.folder).name == "paused"
    parked = runs.history(run.folder).step
    assert checkpoints.latest(run.folder / runs.CHECKPOINTS)[0] == parked
    relay.leaving = False
    runs.enter_queue(run.folder)
    ended(relay, run)
    past = runs.history(run.folder)
    assert past.started["from_step"] == parked and steps(run) == list(range(40))


def test_seats_that_do_not_start_tell_the_runs_that_wait(own_home, tmp_path, monkeypatch):
    from base import folders
    from resnet_core.jobs import worker_process

    monkeypatch.setattr(worker_process, "_spawn", lambda linger: None)
    monkeypatch.setattr(worker_process, "_children", [])  # of earlier tests, which may still end
    folders.home().mkdir(parents=True)
    run = queued()
    Relay(InProcess(tmp_path / "seats", trainer="no.such.trainer"), 0.0).serve()
    jobs.ensure_worker()
    status = runs.status(run.folder)
    assert status.name == "failed" and status.reason.key == "runs.relay_cannot_start"
    assert "no.such" in str(status.reason) or "No module named 'no'" in str(status.reason)


def test_images_are_put_into_the_cluster_once(relay, cluster, monkeypatch):
    class Images:
        label = "a few images"

    monkeypatch.setattr(relay_module.cifar, "find", lambda name, source: Images())
    monkeypatch.setattr(relay_module.cifar, "in_memory", lambda data: data)
    made = [queued(replace(EXPERIMENT, dataset="cifar10")) for _ in range(3)]
    ended(relay, *made)
    assert len(cluster.kept) == 1
    labels = [runs.history(run.folder).started["data"]["label"] for run in made]
    assert labels == ["a few images"] * 3


def test_data_that_is_not_there_fails_with_its_sentence(relay, tmp_path):
    run = runs.create(replace(EXPERIMENT, dataset="cifar10"), source=str(tmp_path / "nowhere"))
    runs.enter_queue(run.folder)
    ended(relay, run)
    assert runs.status(run.folder).reason.key.startswith("data.")


def test_a_folder_that_cannot_be_written_ends_its_run_and_no_other(relay):
    run = runs.create(replace(EXPERIMENT, train=replace(TRAIN, steps=100_000)))
    (run.folder / runs.CHECKPOINTS).write_text("a file where the folder should be")
    runs.enter_queue(run.folder)
    other = queued(steps=30)
    ended(relay, run, other)
    assert runs.status(run.folder).name == "failed"
    assert runs.status(other.folder).name == "done"


def test_runs_of_another_number_of_arms_get_a_seat_that_is_prepared_for_them(relay, cluster):
    cluster.room = 1
    twins = replace(EXPERIMENT, arms={"a": NetConfig(8, 4), "b": NetConfig(8, 4, skip=False)})
    one, two = queued(), queued(twins)
    ended(relay, one, two)
    assert [event["step"] for event in runs.history(two.folder).of("step", "b")] == list(range(20))
    assert len(cluster.links) == 2


def test_a_run_that_is_done_gets_nothing_added_by_another_resume(relay):
    run = queued()
    ended(relay, run)
    until(relay, lambda: not runs.locked(run.folder / runs.LOCK))
    before = (run.folder / runs.EVENTS).read_bytes()
    runs.enter_queue(run.folder)
    until(relay, lambda: not runs.queue_entries())
    assert (run.folder / runs.EVENTS).read_bytes() == before


def test_a_run_that_rests_gives_its_seat_to_one_that_waits(relay, cluster, monkeypatch):
    from resnet_core.jobs.cluster import errand

    monkeypatch.setattr(errand, "PARK_AFTER_IN_COMPANY_S", 0.0)
    cluster.room = 1
    run = queued(steps=100_000)
    at_step(relay, run, 1)
    jobs.pause(run.folder)
    until(relay, lambda: runs.status(run.folder).name == "paused")
    other = queued()
    ended(relay, other)
    assert runs.status(run.folder).name == "paused"
    assert not runs.locked(run.folder / runs.LOCK)


def test_a_node_is_sent_no_flow_of_layers_and_the_weights_that_the_run_starts_from(own_home):
    source = queued()
    (source.folder / runs.CHECKPOINTS).mkdir()
    for name in ("step-00000005.npz", "step-00000010.npz"):
        (source.folder / runs.CHECKPOINTS / name).write_bytes(name.encode())
    run = runs.create(replace(EXPERIMENT, weights=source.id))
    log = runs.Log(run.folder)
    log.write("step", arm="net", step=0, loss=1.0, accuracy=0.0, learning_rate=0.1, elapsed_s=1.0)
    log.write("flow", arm="net", step=0)
    log.close()
    parcel = pack(run, 2.0)
    lines = parcel.files[runs.EVENTS].splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["step"]
    assert all(mark not in parcel.files[runs.EVENTS] for mark in LEFT_AT_HOME)
    weights = f"{source.id}/{runs.CHECKPOINTS}/step-00000010.npz"
    assert parcel.others == {weights: b"step-00000010.npz"}


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "tb/../../outside"])
def test_a_node_writes_nowhere_but_into_the_folder_of_its_run(tmp_path, name):
    with pytest.raises(ValueError, match="below the run's folder"):
        inside(tmp_path, name)


def test_a_checkpoint_from_a_node_has_the_name_of_one(tmp_path):
    checkpoints.keep(tmp_path / "kept", "step-00000005.npz", b"whole")
    with pytest.raises(ValueError, match=r"step-N\.npz"):
        checkpoints.keep(tmp_path / "kept", "../step-00000005.npz", b"whole")


def test_nothing_of_ray_is_imported_where_it_is_not_asked_for(own_home):
    """Not by the commands, and not by the relay's own modules before it connects."""
    source = (
        "import sys, resnet_core.__main__, resnet_core.jobs.cluster.relay\n"
        "from resnet_core.commands import apart, claims, probe, train\n"
        "from resnet_core import jobs\n"
        "jobs.choose('local'); jobs.ensure_worker()\n"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'ray', 'tensorflow'}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=120, check=True
    )
    assert said.stdout.strip() == "[]"
