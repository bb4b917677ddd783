"""Whatever stands in the files of a run: it is a run, a sentence, or as if the file were not."""

import json
import math

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as some

from base import folders
from resnet_core import library, runs
from resnet_core.experiment.config import QUANTITIES
from resnet_core.experiment.presets import PRESETS
from resnet_core.library import Label
from resnet_core.runs import checkpoints, queue
from tests.damage import damaged, text_of, tries

FACTS = {"data": {"label": "synthetic"}, "arms": {"plain": {"layers": ["stem", "head"]}}}
STEP = {"kind": "step", "arm": "plain", "step": 0, "loss": 2.3, "accuracy": 0.1}
EVENTS = [
    {"kind": "started", "from_step": 0, **FACTS},
    {"kind": "state", "state": "running", "step": 0, "elapsed_s": 0.5},
    {**STEP, "learning_rate": 0.1, "elapsed_s": 1.0, "images_s": 300.0},
    {"kind": "flow", "arm": "plain", "step": 0, **{name: [0.1, None] for name in QUANTITIES}},
    {"kind": "eval", "arm": "plain", "step": 1, "accuracy": 0.1, "loss": 2.3, "images": 10},
    {"kind": "control", "step": 1, "changed": {"learning_rate": 0.1, "skips": False}},
    {"kind": "probe", "arm": "plain", "step": 1, "images": [0], "labels": [3],
     "probabilities": [[0.1, 0.9]]},
    {"kind": "end", "status": "failed", "step": 1, "elapsed_s": 2.0,
     "reason": {"key": "runs.diverged", "values": {"step": 1}, "english": "It diverged."}},
]  # fmt: skip


@pytest.fixture
def run(own_home):
    return runs.create(PRESETS["fast-20"], owner="anna")


def write_spec(run, content: bytes) -> None:
    (run.folder / runs.SPEC).write_bytes(content)


@tries(60)
@given(data=some.data())
def test_a_run_json_is_a_run_or_a_sentence(run, data):
    whole = json.loads((run.folder / runs.SPEC).read_text("utf-8"))
    original = json.dumps(whole).encode()
    write_spec(run, data.draw(text_of(whole)))
    try:
        assert runs.load(run.folder).experiment.arms
    except runs.RunError as error:
        assert error.message.key == "runs.unreadable"
    assert len(runs.every()) <= 1
    write_spec(run, original)


@tries(60)
@given(content=text_of({"want": "pause", "until": 7, "learning_rate": 0.02, "skips": True}))
def test_a_request_is_within_its_bounds(run, content):
    (run.folder / runs.CONTROL).write_bytes(content)
    asked = runs.control(run.folder)
    assert asked.command in ("run", "pause", "stop") and 0 <= asked.until <= 10**9
    assert asked.learning_rate is None or 0 < asked.learning_rate <= 100
    assert asked.skips in (None, True, False)
    assert runs.request(run.folder, command="stop").command == "stop"


@tries(80)
@given(data=some.data())
def test_a_log_has_a_status_and_only_events(run, data):
    lines = [json.dumps(event).encode() for event in EVENTS]
    for _ in range(data.draw(some.integers(1, 3))):
        place = data.draw(some.integers(0, len(EVENTS) - 1))
        lines[place] = data.draw(text_of(EVENTS[place]))
    (run.folder / runs.EVENTS).write_bytes(b"\n".join(lines) + b"\n")
    past = runs.history(run.folder)
    told = runs.status(run.folder, past)
    assert told.step >= 0 and math.isfinite(past.seconds) and past.by_seed
    if told.reason is not None:
        assert str(told.reason)
    for event in past.events:
        assert event.get("step", 0) >= 0 and isinstance(event.get("arm", ""), str)


@tries(40)
@given(content=text_of({"anna": 3, "ben": 5}), entry=some.binary(max_size=40))
def test_a_queue_gives_what_waits(run, content, entry):
    runs.enter_queue(run.folder)
    (folders.queue() / queue.TURNS).write_bytes(content)
    strange = folders.queue() / f"1-strange{queue.SUFFIX[runs.executor()]}"
    strange.write_bytes(entry)
    assert runs.queued_run(strange) is None
    assert runs.queued_place(run.folder) in (1, 2)
    runs.note_turn(run)
    runs.leave_queue(run.folder)
    strange.unlink()


@tries(40)
@given(content=text_of({"name": "Mine", "tags": ["a", "b"], "imported": True}))
def test_a_label_keeps_its_bounds(run, content):
    (run.folder / library.label.LABEL).write_bytes(content)
    label = library.label_of(run.folder)
    assert isinstance(label, Label) and len(label.name) <= library.label.LONGEST_NAME
    assert library.called(run.id, label, "en")


@tries(40)
@given(data=some.data())
def test_an_archive_is_a_run_or_a_sentence_and_leaves_nothing_else(run, data):
    (run.folder / runs.EVENTS).write_bytes(b"".join(json.dumps(e).encode() + b"\n" for e in EVENTS))
    before = set(folders.runs().iterdir())
    try:
        made = library.unpack(data.draw(damaged(library.pack(run))), folders.runs()).folder
        assert runs.status(made).name
        runs.delete(made)
    except library.ArchiveError as error:
        assert error.message.key.startswith("library.")
    assert set(folders.runs().iterdir()) == before


@tries(40)
@given(data=some.data())
def test_a_damaged_checkpoint_gives_way_to_the_one_before(run, data):
    folder = run.folder / runs.CHECKPOINTS
    arrays = {"plain/w0": np.arange(6.0), "step": np.array(3)}
    checkpoints.save(folder, 1, arrays)
    checkpoints.save(folder, 2, arrays)
    newest = folder / "step-00000002.npz"
    newest.write_bytes(data.draw(damaged(newest.read_bytes())))
    found = [kept for _, kept in checkpoints.readable(folder)]
    assert found[-1].keys() == arrays.keys()
    np.testing.assert_array_equal(found[-1]["plain/w0"], arrays["plain/w0"])


def test_the_lock_of_a_damaged_run_is_still_seen(run):
    write_spec(run, b"[")
    with FileLock(run.folder / runs.LOCK):
        assert runs.locked(run.folder / runs.LOCK)
