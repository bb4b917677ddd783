"""A run's status is a function of its log, its lock and the queue; a torn log loses one line."""

import json

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from base.messages import Message
from resnet_core import runs
from resnet_core.experiment.presets import PRESETS


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    return runs.create(PRESETS["fast-20"])


def write(run, *events):
    log = runs.Log(run.folder)
    for kind, values in events:
        log.write(kind, **values)
    log.close()


STARTED = ("started", {"from_step": 0})
STEP = ("step", {"step": 0, "arm": "plain", "loss": 2.3})
RUNNING = ("state", {"state": "running", "step": 0})


def test_a_run_is_read_back_as_it_was_written(run):
    again = runs.load(run.folder)
    assert (again.experiment, again.created) == (run.experiment, run.created)
    assert [found.id for found in runs.every()] == [run.id]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"experiment": {}}', '{"version": 1}'])
def test_a_damaged_run_is_a_sentence_and_is_left_out_of_the_list(run, damage):
    (run.folder / runs.SPEC).write_text(damage)
    with pytest.raises(runs.RunError, match="not a run that can be read"):
        runs.load(run.folder)
    assert runs.every() == []


@pytest.mark.parametrize(
    ("events", "locked", "queued", "expected"),
    [
        ([], False, True, "queued"),
        ([], True, True, "starting"),
        ([], False, False, "crashed"),
        ([STARTED], True, False, "starting"),
        ([STARTED, RUNNING, STEP], True, False, "running"),
        ([STARTED, RUNNING, STEP], False, False, "crashed"),
        ([STARTED, RUNNING, ("state", {"state": "paused", "step": 1})], True, False, "paused"),
        ([STARTED, RUNNING, ("state", {"state": "parked", "step": 1})], False, False, "paused"),
        ([STARTED, RUNNING, ("state", {"state": "parked", "step": 1})], False, True, "queued"),
        ([STARTED, STEP, ("end", {"status": "done", "step": 1})], True, False, "done"),
        ([STARTED, STEP, ("end", {"status": "stopped", "step": 1})], False, False, "stopped"),
        ([STARTED, ("end", {"status": "stopped", "step": 0})], False, True, "queued"),
        (
            [STARTED, ("end", {"status": "done", "step": 0}), STARTED, RUNNING],
            True,
            False,
            "running",
        ),
    ],
)
def test_every_status_by_table(run, events, locked, queued, expected):
    write(run, *events)
    if queued:
        runs.enter_queue(run.folder)
    lock = FileLock(run.folder / runs.LOCK)
    if locked:
        lock.acquire()
    assert runs.status(run.folder).name == expected
    lock.release()


def test_a_failed_run_says_why(run):
    reason = Message("runs.disk_full", {}, "The disk is full.").to_json()
    write(run, STARTED, ("end", {"status": "failed", "step": 3, "reason": reason}))
    status = runs.status(run.folder)
    assert (status.name, str(status.reason)) == ("failed", "The disk is full.")


def test_a_resumed_run_forgets_what_came_after_its_checkpoint(run):
    steps = [("step", {"step": k, "arm": "plain", "loss": 2.0}) for k in range(8)]
    evals = [("eval", {"step": k, "arm": "plain"}) for k in (5, 8)]
    again = ("started", {"from_step": 5})
    write(run, STARTED, RUNNING, *steps, *evals, again, ("step", {"step": 5, "loss": 1.0}))
    past = runs.history(run.folder)
    assert [e["step"] for e in past.of("step")] == [0, 1, 2, 3, 4, 5]
    assert past.of("step")[-1]["loss"] == 1.0
    assert [e["step"] for e in past.of("eval")] == [5]
    assert past.of("state") == []


def test_a_torn_last_line_waits_and_then_is_skipped(run):
    write(run, STARTED, STEP)
    with open(run.folder / runs.EVENTS, "ab") as log:
        log.write(b'{"kind":"step","step":1,"lo')
    events, offset = runs.read_events(run.folder)
    assert [e["kind"] for e in events] == ["started", "step"]
    write(run, RUNNING)
    events, _ = runs.read_events(run.folder, offset)
    assert [e["kind"] for e in events] == ["state"]


def test_following_from_an_offset_gives_every_event_once(run):
    seen, offset = [], 0
    for k in range(5):
        write(run, ("step", {"step": k}))
        events, offset = runs.read_events(run.folder, offset)
        seen += [e["step"] for e in events]
    assert seen == [0, 1, 2, 3, 4]


def test_not_a_number_is_null_with_a_flag(run):
    write(run, ("step", {"step": 0, "loss": float("nan"), "flow": [1.0, float("inf")]}))
    line = (run.folder / runs.EVENTS).read_text()
    event = json.loads(line)
    assert event["loss"] is None and event["flow"] == [1.0, None] and event["nan"] is True


@given(st.binary(max_size=200))
def test_no_bytes_in_a_log_break_its_reader(tmp_path_factory, junk):
    folder = tmp_path_factory.mktemp("run")
    (folder / runs.EVENTS).write_bytes(junk + b'\n{"kind":"end","status":"done"}\n')
    assert runs.read_events(folder)[0][-1]["kind"] == "end"


@pytest.mark.parametrize("damage", ["", "{", '{"want": "run"}', '{"want":1,"until":"x"}', "[]"])
def test_a_damaged_wish_is_the_default(run, damage):
    (run.folder / runs.CONTROL).write_text(damage)
    assert runs.wish(run.folder) == runs.Wish()


def test_a_wish_keeps_what_it_does_not_change(run):
    runs.set_wish(run.folder, learning_rate=0.02)
    runs.set_wish(run.folder, want="pause")
    assert runs.wish(run.folder) == runs.Wish("pause", 0, 0.02)


def test_the_queue_tells_places_in_order_of_arrival(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    made = [runs.create(PRESETS["fast-20"]) for _ in range(3)]
    for run in made:
        runs.enter_queue(run.folder)
    assert [runs.queued_place(run.folder) for run in made] == [1, 2, 3]
    runs.leave_queue(made[0].folder)
    assert [runs.queued_place(run.folder) for run in made] == [None, 1, 2]


def test_a_runs_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(runs.RunError, match="could not be written"):
        runs.create(PRESETS["fast-20"], root=tmp_path / "file")
