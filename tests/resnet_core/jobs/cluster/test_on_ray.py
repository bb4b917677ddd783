"""Runs on Ray's own in-machine cluster: four nodes, real nets, one node killed in mid-run.

pip install -r requirements-cluster.txt
pytest -n 0 tests/resnet_core/jobs/cluster/test_on_ray.py
"""

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from resnet_core import jobs, runs
from resnet_core.data import cifar, synthetic
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.surgery.cuts import Surgery
from resnet_core.jobs.cluster import connection

pytestmark = [
    pytest.mark.tf,
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    # Ray leaves the processes of a node that is killed to the system.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
ray = pytest.importorskip(
    "ray", reason="install requirements-cluster.txt to run the tests on a Ray cluster"
)
pytest.importorskip("tensorflow")

ROOT = Path(__file__).resolve().parents[4]
STORE = 80 * 2**20  # bytes of each node's object store, about the least that Ray takes
TRAIN = TrainConfig(steps=40, batch=16, learning_rate=0.02, checkpoint_every=10, evaluate_images=32)
EXPERIMENT = Experiment("alone", {"net": NetConfig(8, 4)}, TRAIN, dataset="synthetic")
PATIENCE_S = 900  # two cores may be shared with much else


@pytest.fixture(scope="module")
def nodes():
    """A head that trains nothing and three nodes of one core, one of which is to be killed."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "disabled")  # nothing here listens beyond this machine
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = Cluster(
            initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": STORE}
        )
        for _ in range(3):
            made.add_node(num_cpus=1, object_store_memory=STORE)
        yield made
        made.shutdown()


@pytest.fixture
def home(nodes, own_home, tmp_path, monkeypatch):
    """A home whose relay joins the cluster."""
    monkeypatch.setenv(runs.EXECUTOR, "ray")
    monkeypatch.setenv(connection.ADDRESS, nodes.address)
    yield tmp_path / "home"
    jobs.shutdown()
    until(lambda: jobs.worker_state() == "none" and jobs.reap() == 0, "the relay to be gone")


def until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        jobs.ensure_worker(jobs.LINGER_S)
        time.sleep(0.1)


def ended(*made):
    until(lambda: all(not runs.status(run.folder).live for run in made), "the end")
    for run in made:
        assert runs.status(run.folder).name == "done", runs.status(run.folder)
    return [runs.history(run.folder) for run in made]


def at_step(run, step):
    until(lambda: runs.history(run.folder).step >= step, f"step {step}")


def losses(past):
    return [event["loss"] for event in past.of("step")]


def reached(run) -> int:
    """Return how many steps the log had when the run was taken up again."""
    events, _ = runs.read_events(run.folder)
    last = max(place for place, event in enumerate(events) if event["kind"] == "started")
    return max(event["step"] for event in events[:last] if event["kind"] == "step") + 1


def node_of(run) -> str:
    told = re.findall(r"node ([0-9a-f]+)", (run.folder / runs.LOG).read_text())
    return told[-1]


def test_a_killed_node_costs_no_event_and_the_curve_is_that_of_an_undisturbed_run(home, nodes):
    long = replace(EXPERIMENT, train=replace(TRAIN, steps=400))
    whole, struck = jobs.start(long), jobs.start(long)
    at_step(struck, 25)
    victim = next(one for one in nodes.worker_nodes if one.node_id == node_of(struck))
    assert node_of(whole) != node_of(struck)
    nodes.remove_node(victim, allow_graceful=False)
    undisturbed, resumed = ended(whole, struck)
    assert resumed.resumed[0] in range(20, reached(struck) + 1, 10)
    assert [event["step"] for event in resumed.of("step")] == list(range(400))
    assert [event["step"] for event in resumed.of("flow")] == list(range(400))
    assert losses(resumed) == pytest.approx(losses(undisturbed), rel=2e-2)
    assert any((struck.folder / runs.SUMMARIES).rglob("events.out.*"))


def test_a_run_on_a_node_rests_steps_changes_its_rate_and_loses_its_skips(home):
    run = jobs.start(replace(EXPERIMENT, train=replace(TRAIN, steps=100_000)))
    at_step(run, 2)
    jobs.pause(run.folder)
    until(lambda: runs.status(run.folder).name == "paused", "the rest")
    rested = runs.history(run.folder).step
    jobs.step(run.folder)
    at_step(run, rested + 1)
    until(lambda: runs.status(run.folder).name == "paused", "the rest")
    jobs.set_rate(run.folder, 0.004)
    jobs.operate(run.folder, Surgery(skips=False, averages=True))
    jobs.resume(run.folder)
    at_step(run, rested + 3)
    jobs.stop(run.folder)
    until(lambda: runs.status(run.folder).name == "stopped", "the stop")
    past = runs.history(run.folder)
    assert past.of("control")[0]["changed"] == {
        "learning_rate": 0.004,
        "skips": False,
        "averages": True,
    }
    assert past.of("eval")[-1]["images"] == 32
    assert [event["step"] for event in past.of("step")] == list(range(past.step))


def test_claims_are_spread_over_the_nodes_and_go_on_where_they_were_broken_off(home, tmp_path):
    command = [
        *(sys.executable, "-m", "resnet_core", "claims", "variance-doubles-a-block"),
        *("--on", "ray", "--jobs", "2", "--seeds", "2", "--dataset", "synthetic", "--json"),
        *("--out", str(tmp_path / "claims")),
    ]
    said = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_S, cwd=ROOT, check=False
    )
    assert said.returncode == 0, said.stderr
    assert len(json.loads(said.stdout)[0]["values"]) == 2
    made = runs.every(tmp_path / "claims")
    assert len(made) == 4 and all(node_of(run) for run in made)
    again = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_S, cwd=ROOT, check=False
    )
    assert f"{len(made)} of {len(made)} runs are there already." in again.stderr
    assert len(runs.every(tmp_path / "claims")) == len(made)


def test_all_seats_of_a_node_read_its_one_copy_of_the_images(nodes):
    """The arrays are views of the object store's memory, which one node has once."""

    def look(data):
        import ray

        array = data.train_images
        here = ray.get_runtime_context().get_node_id()
        return here, bool(array.flags.writeable), bool(array.flags.owndata), int(array[:50].sum())

    ray.init(address=nodes.address, log_to_driver=False)
    try:
        data = cifar.in_memory(synthetic.load())
        images = connection.RayCluster(ray).keep(data)
        task = ray.remote(num_cpus=1, scheduling_strategy="SPREAD")(look)
        seen = ray.get([task.remote(images) for _ in range(4)])
        assert {one[1:] for one in seen} == {(False, False, int(data.train_images[:50].sum()))}
        places = ray.experimental.get_object_locations([images])[images]["node_ids"]
        assert {one[0] for one in seen} <= set(places)  # the store of each node, no process of it
    finally:
        ray.shutdown()
