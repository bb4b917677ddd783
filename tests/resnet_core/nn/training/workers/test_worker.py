"""A real worker on real images: started, paused, stepped, stopped, killed and resumed.

The tests share a home, and a worker as long as none of them ends it.
"""

import signal
import sys
import time
from dataclasses import replace

import psutil
import pytest

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import worker_files
from resnet_core.runs import checkpoints

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn import runtime  # noqa: E402

TRAIN = TrainConfig(steps=12, batch=16, learning_rate=0.02, checkpoint_every=4, evaluate_images=32)
EXPERIMENT = Experiment.twins("tiny", NetConfig(depth=8, width=4), TRAIN)
PATIENCE_S = 120


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory, cifar_sample):
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RESIDUAL_DATA", str(cifar_sample))
        patched.setenv("RESIDUAL_AHEAD", "0")
        yield home
        patched.setenv("RESIDUAL_HOME", str(home))
        jobs.shutdown()
        until(lambda: not runs.locked(home / jobs.WORKER_LOCK))
        until(lambda: jobs.reap() == 0)


@pytest.fixture
def home(shared_home, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(shared_home))
    return shared_home


def until(condition, what="the condition"):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def wait_for(run, *names):
    until(lambda: runs.status(run.folder).name in names, f"{names}: {runs.status(run.folder)}")
    return runs.history(run.folder)


def at_step(run, step):
    until(lambda: runs.history(run.folder).step >= step, f"step {step}")


def long(steps=100_000, **changes):
    return replace(EXPERIMENT, train=replace(TRAIN, steps=steps, **changes))


def worker() -> psutil.Process:
    return jobs.worker()


def losses(past, arm="plain"):
    return [event["loss"] for event in past.of("step", arm)]


def test_a_worker_notes_its_speed_for_the_next_estimate(home):
    """It is the first one, because no run may have been measured before."""
    assert jobs.estimate(EXPERIMENT).basis == "typical"
    wait_for(jobs.start(EXPERIMENT), "done")
    until(lambda: jobs.estimate(EXPERIMENT).basis == "measured", "the speed")
    assert jobs.estimate(replace(EXPERIMENT, train=replace(TRAIN, batch=32))).basis == "machine"


def test_a_run_from_start_to_end_writes_every_event(home):
    run = jobs.start(EXPERIMENT)
    past = wait_for(run, "done")
    for arm in EXPERIMENT.arms:
        assert [e["step"] for e in past.of("step", arm)] == list(range(12))
        flows = past.of("flow", arm)
        layers = past.started["arms"][arm]["layers"]
        assert len(flows) == 12 and len(layers) == 8
        assert all(len(flow["input_gradient"]) == 8 for flow in flows)
        assert past.of("eval", arm)[-1]["images"] == 32
        assert sum(past.of("probe", arm)[-1]["probabilities"][0]) == pytest.approx(1, abs=0.01)
    assert past.started["data"]["published"] is False
    assert any((run.folder / runs.SUMMARIES).rglob("events.out.*"))
    assert losses(past, "plain") != losses(past, "residual")


def test_the_seeds_of_a_run_are_trained_one_after_the_other(home):
    run = jobs.start(replace(EXPERIMENT, seed=4, seeds=2))
    past = wait_for(run, "done")
    assert [(one.seed, one.step) for one in past.by_seed] == [(4, 12), (5, 12)]
    assert all(len(one.of("eval", "plain")) == 1 for one in past.by_seed)
    assert losses(past) != losses(past.finished[0])
    steps = [e["step"] for e in runs.read_events(run.folder)[0] if e["kind"] == "end"]
    assert steps == [12]


def test_pause_one_step_resume_and_stop_keep_the_results(home):
    run = jobs.start(long())
    at_step(run, 2)
    jobs.pause(run.folder)
    paused_at = wait_for(run, "paused").step
    jobs.step(run.folder)
    until(lambda: runs.history(run.folder).step == paused_at + 1, "one more step")
    wait_for(run, "paused")
    jobs.set_rate(run.folder, 0.004)
    jobs.resume(run.folder)
    at_step(run, paused_at + 4)
    jobs.stop(run.folder)
    past = wait_for(run, "stopped")
    assert past.of("step")[-1]["learning_rate"] == 0.004
    assert past.of("control")[0]["changed"] == {"learning_rate": 0.004}
    assert past.of("eval") and checkpoints.latest(run.folder / runs.CHECKPOINTS)[0] == past.step


def test_a_killed_worker_is_seen_and_the_run_goes_on_where_the_checkpoint_stood(home):
    whole = losses(wait_for(jobs.start(replace(EXPERIMENT, name="whole")), "done"))
    run = jobs.start(long())
    at_step(run, 6)
    worker().send_signal(signal.SIGKILL)
    crashed = wait_for(run, "crashed")
    said = "runs.worker_killed" if sys.platform == "linux" else "runs.worker_gone"
    assert runs.status(run.folder).reason.key == said
    saved = checkpoints.latest(run.folder / runs.CHECKPOINTS)[0]
    assert 4 <= saved <= crashed.step
    jobs.resume(run.folder)
    until(lambda: (runs.history(run.folder).started or {}).get("from_step") == saved)
    at_step(run, max(12, saved + 4))
    jobs.stop(run.folder)
    past = wait_for(run, "stopped")
    assert [e["step"] for e in past.of("step", "plain")] == list(range(past.step))
    assert losses(past)[:12] == pytest.approx(whole, rel=2e-3)


def test_two_runs_wait_for_each_other_and_a_worker_that_is_asked_to_go_sets_its_run_aside(home):
    first, second = jobs.start(long()), jobs.start(EXPERIMENT)
    at_step(first, 1)
    assert runs.status(second.folder).name == "queued"
    assert runs.queued_place(second.folder) == 1
    jobs.shutdown()
    wait_for(first, "paused")
    until(lambda: not runs.locked(home / jobs.WORKER_LOCK), "the worker to be gone")
    jobs.ensure_worker()
    wait_for(second, "done")
    jobs.resume(first.folder)
    at_step(first, runs.history(first.folder).step + 2)
    jobs.stop(first.folder)
    wait_for(first, "stopped")


def test_a_rate_that_diverges_fails_with_a_sentence(home):
    wild = replace(TRAIN, learning_rate=90.0, weight_decay=1.0, steps=200)
    net = NetConfig(depth=14, width=4, batch_norm=False)
    run = jobs.start(replace(EXPERIMENT, arms={"plain": net}, train=wild))
    wait_for(run, "failed")
    reason = runs.status(run.folder).reason
    assert reason.key == "runs.diverged" and "Try a tenth" in str(reason)


def test_a_run_that_failed_is_resumed_with_another_rate(home):
    """A rate far too large, then a sane one: it goes on from the last sound checkpoint."""
    wild = replace(TRAIN, learning_rate=100.0, weight_decay=1.0, steps=40)
    net = NetConfig(depth=14, width=4, batch_norm=False)
    run = jobs.start(replace(EXPERIMENT, arms={"plain": net}, train=wild))
    failed = wait_for(run, "failed")
    assert "elapsed_s" in failed.end
    jobs.set_rate(run.folder, 0.001)
    jobs.resume(run.folder)
    past = wait_for(run, "done")
    assert [e["step"] for e in past.of("step", "plain")] == list(range(40))
    assert past.of("step")[-1]["learning_rate"] == 0.001
    seconds = [e["elapsed_s"] for e in past.of("step")]
    assert seconds == sorted(seconds)


def test_a_run_that_failed_as_earlier_versions_wrote_it_is_resumed(home):
    """Their `end` had no `elapsed_s`."""
    run = runs.create(EXPERIMENT)
    log = runs.Log(run.folder)
    log.write("end", step=0, status="failed", reason=runs.DISK_FULL.to_json())
    log.close()
    jobs.resume(run.folder)
    assert len(wait_for(run, "done").of("step", "plain")) == 12


def test_a_run_that_is_done_gets_nothing_added_by_another_resume(home):
    run = jobs.start(EXPERIMENT)
    wait_for(run, "done")
    until(lambda: jobs.worker_state() == "ready", "the worker")
    before = (run.folder / runs.EVENTS).read_bytes()
    runs.enter_queue(run.folder)  # as two windows at once would
    until(lambda: not runs.queue_entries(), "the queue")
    until(lambda: jobs.worker_state() == "ready", "the worker")
    assert (run.folder / runs.EVENTS).read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="stops the worker as POSIX does")
def test_a_worker_that_hangs_is_noticed_ended_and_its_run_goes_on(home, monkeypatch):
    monkeypatch.setattr(worker_files, "SILENT_FROM_S", 2.0)
    run = jobs.start(long())
    at_step(run, 5)
    assert jobs.silence() == 0
    worker().suspend()
    until(lambda: jobs.silence() > 2, "the silence to be noticed")
    assert runs.status(run.folder).name == "running", "the lock alone does not tell"
    saved = checkpoints.latest(run.folder / runs.CHECKPOINTS)[0]
    jobs.end_worker()
    wait_for(run, "crashed")
    jobs.resume(run.folder)
    until(lambda: (runs.history(run.folder).started or {}).get("from_step") == saved)
    at_step(run, saved + 2)
    jobs.stop(run.folder)
    wait_for(run, "stopped")


@pytest.mark.skipif(sys.platform == "win32", reason="stops the worker as POSIX does")
def test_shutting_down_ends_a_worker_that_hangs(home, monkeypatch):
    monkeypatch.setattr(worker_files, "SILENT_FROM_S", 2.0)
    jobs.warm()
    until(lambda: jobs.worker() is not None, "the worker")
    worker().suspend()
    until(lambda: jobs.silence() > 2, "the silence to be noticed")
    jobs.shutdown()
    until(lambda: not runs.locked(home / jobs.WORKER_LOCK), "the worker to be gone")


def test_data_that_is_not_there_fails_with_its_sentence(home, tmp_path):
    run = jobs.start(EXPERIMENT, source=str(tmp_path / "nowhere"))
    wait_for(run, "failed")
    assert runs.status(run.folder).reason.key.startswith("data.")


def test_a_full_disk_fails_with_a_sentence_and_damages_nothing(home):
    run = jobs.start(long(checkpoint_every=1_000_000))
    at_step(run, 3)
    (run.folder / runs.CHECKPOINTS).write_text("a file where the folder should be")
    jobs.stop(run.folder)
    past = wait_for(run, "failed")
    assert runs.status(run.folder).reason.key == "runs.internal"
    assert past.step >= 3


def test_a_run_that_only_waits_can_be_stopped(home):
    first, second = jobs.start(long()), jobs.start(EXPERIMENT)
    at_step(first, 1)
    jobs.stop(second.folder)
    assert runs.status(second.folder).name == "stopped"
    jobs.stop(first.folder)
    wait_for(first, "stopped")


@pytest.mark.skipif(sys.platform == "win32", reason="signals the worker as POSIX does")
def test_a_second_worker_ends_at_once(home):
    jobs.warm()
    until(lambda: jobs.worker_state() in ("ready", "busy", "starting"))
    import subprocess

    second = subprocess.run(
        [sys.executable, "-m", jobs.WORKER_MODULE], capture_output=True, timeout=60, check=False
    )
    assert second.returncode == 0


def test_a_run_whose_arms_share_the_cores_another_way_goes_to_a_successor(home):
    cores = runtime.available()
    crowd = {f"arm-{i}": NetConfig(depth=8, width=4) for i in range(min(8, cores))}
    first = jobs.start(replace(EXPERIMENT, arms=crowd, train=replace(TRAIN, steps=2)))
    wait_for(first, "done")
    before = worker().pid
    second = jobs.start(
        replace(EXPERIMENT, arms={"alone": NetConfig(8, 4)}, train=replace(TRAIN, steps=2))
    )
    assert len(wait_for(second, "done").of("step", "alone")) == 2
    same = runtime.threads(len(crowd)) == runtime.threads(1)
    assert (worker().pid == before) == same
