"""A run's status is a function of its log, its lock and the queue; a torn log loses one line."""

import errno
import json
import os
import shutil

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from base.messages import Message
from resnet_core import runs
from resnet_core.experiment.config import QUANTITIES
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


FACTS = {"data": {"label": "synthetic"}, "arms": {"plain": {"layers": ["stem_conv", "head"]}}}
STARTED = ("started", {"from_step": 0, **FACTS})


def step(number: int, loss: float | None = 2.3) -> tuple[str, dict]:
    values = {"step": number, "arm": "plain", "loss": loss, "accuracy": 0.1}
    return "step", {**values, "learning_rate": 0.1, "elapsed_s": float(number)}


STEP = step(0)
RUNNING = ("state", {"state": "running", "step": 0})


def test_a_run_is_read_back_as_it_was_written(run):
    again = runs.load(run.folder)
    assert (again.experiment, again.created) == (run.experiment, run.created)
    assert [found.id for found in runs.every()] == [run.id]


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"experiment": {}}', '{"version": 1}', "[" * 100_000, '{"experiment": 1e999}'],
)
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
    reason = Message("runs.disk_full").to_json()
    write(run, STARTED, ("end", {"status": "failed", "step": 3, "reason": reason}))
    status = runs.status(run.folder)
    assert (status.name, str(status.reason)) == ("failed", str(Message("runs.disk_full")))


def test_a_resumed_run_forgets_what_came_after_its_checkpoint(run):
    steps = [step(k, 2.0) for k in range(8)]
    found = {"arm": "plain", "accuracy": 0.1, "loss": 2.0, "images": 10}
    evals = [("eval", {"step": k, **found}) for k in (5, 8)]
    again = ("started", {"from_step": 5, **FACTS})
    write(run, STARTED, RUNNING, *steps, *evals, again, step(5, 1.0))
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
        write(run, step(k))
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


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        '{"want": "run"}',
        '{"want":1,"until":"x"}',
        "[]",
        '{"want": "pause", "until": 0, "learning_rate": Infinity}',
        '{"want": "pause", "until": 0, "learning_rate": NaN}',
        '{"want": "pause", "until": 0, "learning_rate": -1}',
        '{"want": "pause", "until": 0, "learning_rate": 1e999}',
        '{"want": "pause", "until": -3, "learning_rate": null}',
        '{"want": "explode", "until": 0, "learning_rate": null}',
        '{"want": "pause", "until": 0, "learning_rate": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
def test_damaged_control_asks_for_nothing(run, damage):
    (run.folder / runs.CONTROL).write_text(damage)
    assert runs.control(run.folder) == runs.Control()


def test_control_as_earlier_versions_wrote_it_is_read(run):
    text = '{"want": "pause", "until": 7, "learning_rate": 0.02}'
    (run.folder / runs.CONTROL).write_text(text)
    assert runs.control(run.folder) == runs.Control("pause", 7, 0.02)


def test_a_request_keeps_what_it_does_not_change(run):
    runs.request(run.folder, learning_rate=0.02)
    runs.request(run.folder, command="pause")
    assert runs.control(run.folder) == runs.Control("pause", 0, 0.02)
    assert json.loads((run.folder / runs.CONTROL).read_text())["want"] == "pause"


GOOD = {
    "step": step(0)[1],
    "flow": {"arm": "plain", "step": 0, **{name: [1e-3, None] for name in QUANTITIES}},
    "eval": {"arm": "plain", "step": 0, "accuracy": 0.1, "loss": 2.3, "images": 10},
    "probe": {"arm": "plain", "step": 0, "images": [0], "labels": [3], "probabilities": [[0.1]]},
    "control": {"step": 0, "changed": {"learning_rate": 0.1}},
    "state": {"state": "running"},
    "end": {"status": "done", "reason": {"key": "k", "values": {"a": 1}, "english": "e"}},
}
DEEP: list = []
for _ in range(5000):
    DEEP = [DEEP]
ODD = ["text", {}, [], [[1]], True, -1, 1e300, 10**30, None]


@pytest.mark.parametrize("kind", GOOD)
def test_a_field_of_the_wrong_type_leaves_the_event_out_or_cannot_hurt(run, kind):
    """Whatever stands in one field: every reader of the page still gets numbers and texts."""
    path = run.folder / runs.EVENTS
    for field in GOOD[kind]:
        for odd in ODD:
            lines = [dict(kind=STARTED[0], **STARTED[1]), {"kind": kind, **GOOD[kind], field: odd}]
            path.write_text("".join(json.dumps(line) + "\n" for line in lines))
            past = runs.history(run.folder)
            for event in past.of(kind):
                assert isinstance(event.get("step", 0), int) and event.get("step", 0) >= 0
                assert isinstance(event.get("arm", ""), str)
                assert isinstance(event.get("loss", 1.0), float | None)
            assert runs.status(run.folder, past).name and past.seconds >= 0


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"kind":"step","arm":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
        b'{"kind":{}}',
        b'{"kind":"step"}',
        b'{"kind":"step","step":0,"arm":"plain","loss":NaN,"elapsed_s":0}',
        b'{"kind":"step","step":0,"arm":"plain","loss":"2","elapsed_s":0}',
        b'{"kind":"flow","step":0,"arm":"plain","weight_gradient":[1]}',
        b'{"kind":"end","status":"won"}',
        b'{"kind":"end","status":["done"]}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_event_is_left_out_and_the_rest_is_read(run, line):
    write(run, STARTED, RUNNING)
    with open(run.folder / runs.EVENTS, "ab") as log:
        log.write(line + b"\n")
    write(run, STEP, ("end", {"status": "stopped", "step": 1}))
    past = runs.history(run.folder)
    assert [e["kind"] for e in past.events] == ["state", "step", "end"]
    assert runs.status(run.folder).name == "stopped"


def test_a_flow_of_another_number_of_layers_is_left_out(run):
    write(run, STARTED, ("flow", GOOD["flow"]))
    write(run, ("flow", GOOD["flow"] | {name: [1.0] * 3 for name in QUANTITIES}))
    assert len(runs.history(run.folder).of("flow")) == 1


def test_a_run_that_was_taken_up_again_is_not_ended_by_its_old_end(run):
    failed = ("end", {"status": "failed", "step": 1})
    write(run, STARTED, RUNNING, STEP, failed, ("state", {"state": "building", "step": 1}))
    with FileLock(run.folder / runs.LOCK):
        assert runs.status(run.folder).name == "starting"
    assert runs.status(run.folder).name == "crashed"


def test_what_a_resumed_run_did_before_is_kept_as_marks_and_to_be_repeated(run):
    def change(at, rate):
        return "control", {"step": at, "changed": {"learning_rate": rate}}

    rest = ("state", {"state": "paused", "step": 2})
    steps = [step(k) for k in range(6)]
    again = ("started", {"from_step": 4, **FACTS})
    write(run, STARTED, *steps, rest, change(1, 0.2), change(5, 0.3), again)
    past = runs.history(run.folder)
    assert (past.paused, past.resumed) == ([2], [4])
    assert [e["changed"]["learning_rate"] for e in past.of("control")] == [0.2]
    assert [e["changed"]["learning_rate"] for e in past.undone] == [0.3]


def test_the_end_is_written_where_the_disk_takes_nothing_else(run, monkeypatch):
    """The room that was held back is given free first."""
    log = runs.Log(run.folder)
    reserve, real = run.folder / "reserve", os.write

    def full(descriptor, data):
        if reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        log.write("step", step=0)
    log.write_end(status="failed", reason=runs.DISK_FULL.to_json())
    log.close()
    status = runs.status(run.folder)
    assert (status.name, status.reason.key) == ("failed", "runs.disk_full")
    assert not reserve.exists()


def test_the_end_stands_on_a_line_of_its_own_after_lines_that_did_not_fit(run, monkeypatch):
    """A relay appends many lines at once; a disk that fills up takes a part of them."""
    log, real = runs.Log(run.folder), os.write
    whole = b'{"kind":"state","state":"running","step":1}\n'
    room = [len(whole) + 10]

    def half_full(descriptor, data):
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken, room[0] = data[: room[0]], 0
        return real(descriptor, taken)

    monkeypatch.setattr(os, "write", half_full)
    with pytest.raises(OSError):
        log.append(2 * whole)
    monkeypatch.setattr(os, "write", real)
    log.write_end(status="failed", step=1, reason=runs.DISK_FULL.to_json())
    log.close()
    assert [event["kind"] for event in runs.read_events(run.folder)[0]] == ["state", "end"]


def test_a_worker_that_vanished_from_a_full_disk_is_told_apart(run, monkeypatch):
    write(run, STARTED, RUNNING)
    assert runs.status(run.folder).reason.key == "runs.worker_gone"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    assert runs.status(run.folder).reason.key == "runs.disk_full"


def test_a_run_is_deleted_whole_and_not_while_it_is_in_use(run):
    write(run, STARTED)
    with FileLock(run.folder / runs.LOCK), pytest.raises(runs.RunError, match="in use"):
        runs.delete(run.folder)
    runs.delete(run.folder)
    assert not run.folder.exists()
    runs.delete(run.folder)


def test_a_run_that_cannot_be_deleted_says_why(run, monkeypatch):
    def refused(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("resnet_core.runs.deletion.shutil.rmtree", refused)
    with pytest.raises(runs.RunError, match="Permission denied"):
        runs.delete(run.folder)
    assert run.folder.is_dir()


def test_the_queue_tells_places_in_order_of_arrival(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    made = [runs.create(PRESETS["fast-20"]) for _ in range(3)]
    for run in made:
        runs.enter_queue(run.folder)
    assert [runs.queued_place(run.folder) for run in made] == [1, 2, 3]
    runs.leave_queue(made[0].folder)
    assert [runs.queued_place(run.folder) for run in made] == [None, 1, 2]


def served(count: int) -> list[str]:
    """Let a worker take the next runs of the queue, and return whose they were."""
    owners = []
    for _ in range(count):
        run = runs.queued_run(runs.queue_entries()[0])
        runs.note_turn(run)
        runs.leave_queue(run.folder)
        owners.append(run.owner)
    return owners


def test_learners_take_turns_however_many_runs_one_of_them_asks_for(tmp_path, monkeypatch):
    """One asks for fifty; whoever comes later has the next run but one at the latest."""
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))

    def ask(owner: str, count: int) -> list:
        made = [runs.create(PRESETS["fast-20"], owner=owner) for _ in range(count)]
        for run in made:
            runs.enter_queue(run.folder)
        return made

    many = ask("p-many", 50)
    assert served(3) == ["p-many"] * 3
    (first,) = ask("p-one", 1)
    assert runs.queued_place(first.folder) <= 2
    assert "p-one" in served(2)
    ask("p-one", 2)
    ask("p-two", 2)
    assert sorted(served(3)) == ["p-many", "p-one", "p-two"]
    assert sorted(served(3)) == ["p-many", "p-one", "p-two"]
    rest = len(runs.queue_entries())
    assert set(served(rest)) == {"p-many"} and rest > 30
    assert runs.queue_entries() == [] and runs.load(many[0].folder).owner == "p-many"


def test_runs_of_nobody_wait_in_order_of_arrival_and_write_no_turns(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    for _ in range(2):
        runs.enter_queue(runs.create(PRESETS["fast-20"]).folder)
    assert served(2) == ["", ""]
    assert [path.name for path in (tmp_path / "queue").iterdir()] == []


def test_damaged_turns_are_as_none(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    for owner in ("p-a", "p-b"):
        runs.enter_queue(runs.create(PRESETS["fast-20"], owner=owner).folder)
    for told in ("no json", "[1]", '{"p-a": "late"}'):
        (tmp_path / "queue" / "turns.json").write_text(told)
        assert len(runs.queue_entries()) == 2
    assert served(2) == ["p-a", "p-b"]


def test_two_runs_of_one_second_never_share_a_folder(tmp_path, monkeypatch):
    from resnet_core.runs import folder

    drawn = iter(["aaaa", "aaaa", "aaaa", "bbbb"] * 2)
    monkeypatch.setattr(folder.secrets, "token_hex", lambda _: next(drawn))
    made = [runs.create(PRESETS["fast-20"], root=tmp_path) for _ in range(2)]
    assert made[0].folder != made[1].folder and len(runs.every(tmp_path)) == 2


def test_a_runs_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(runs.RunError, match="could be written"):
        runs.create(PRESETS["fast-20"], root=tmp_path / "file")
