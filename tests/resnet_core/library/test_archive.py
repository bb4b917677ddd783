"""A run as a zip file: whole when it is ours, refused with a sentence when it is not."""

import io
import json
import zipfile

import pytest

from base import folders
from resnet_core import library, runs
from resnet_core.experiment.presets import PRESETS
from resnet_core.library import ArchiveError, Label, archive

EVENT = b'{"kind":"step","arm":"plain","step":0,"loss":2.3,"accuracy":0.1,"learning_rate":0.1,"elapsed_s":1.0}\n'  # noqa: E501


@pytest.fixture
def root(own_home):
    return folders.runs()


@pytest.fixture
def run(root):
    made = runs.create(PRESETS["fast-20"], source="/somewhere/private", owner="anna")
    (made.folder / runs.EVENTS).write_bytes(EVENT)
    (made.folder / runs.CHECKPOINTS).mkdir()
    (made.folder / runs.CHECKPOINTS / "step-1.npz").write_bytes(b"weights")
    library.write_label(made.folder, Label("Kept", ("a", "b")))
    return made


def zipped(**members: bytes) -> bytes:
    """An archive of these files; `run_json` is written as run.json."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("_", ".", 1), content)
    return out.getvalue()


def spec(**changes: object) -> bytes:
    """A run.json that is sound but for what is changed."""
    whole = {
        "version": 1,
        "created": "2026-11-01T10:00:00.000+00:00",
        "experiment": PRESETS["fast-20"].to_json(),
    }
    return json.dumps({**whole, **changes}).encode()


def test_a_run_comes_back_under_a_new_id_with_its_log_and_label(run, root):
    data = library.pack(run)
    back = library.unpack(data, root, owner="ben")
    assert back.id != run.id and back.created == run.created
    assert back.experiment == run.experiment and (back.source, back.owner) == ("", "ben")
    assert runs.read_events(back.folder)[0] == runs.read_events(run.folder)[0] != []
    assert library.label_of(back.folder) == Label("Kept", ("a", "b"), imported=True)
    assert sorted(path.name for path in back.folder.iterdir()) == [
        "events.jsonl",
        "label.json",
        "run.json",
    ]
    assert len(library.unpack(data, root).folder.name) == len(back.id)  # twice: two runs
    assert [path.name for path in root.iterdir() if path.name.startswith(".import")] == []


def test_an_archive_holds_neither_source_nor_owner_nor_weights(run):
    with zipfile.ZipFile(io.BytesIO(library.pack(run))) as made:
        told = b"".join(made.read(name) for name in made.namelist())
        assert set(made.namelist()) == {"run.json", "label.json", "events.jsonl"}
    assert b"private" not in told and b"anna" not in told


def test_a_run_that_waits_still_can_be_packed(root):
    waiting = runs.create(PRESETS["fast-20"])
    assert runs.read_events(library.unpack(library.pack(waiting), root).folder)[0] == []


def test_only_what_is_an_event_is_taken_over(root):
    odd = b'{"kind":"step"}\n\xff\xfe\n' + b"[" * 5000 + b"\n"
    back = library.unpack(zipped(run_json=spec(), events_jsonl=EVENT + odd), root)
    assert (back.folder / runs.EVENTS).read_bytes() == EVENT


BOMB = b"0" * 2_000_000
STRANGE = {
    "no_archive": b"PK\x03\x04 not really",
    "foreign_file": zipped(run_json=spec(), events_jsonl=b"", evil_sh=b"#!/bin/sh"),
    "missing_file": zipped(run_json=spec()),
    "too_large": zipped(run_json=BOMB, events_jsonl=b""),
    "bad_spec": zipped(run_json=spec(experiment={"name": "x"}), events_jsonl=b""),
    "bad_log": zipped(run_json=spec(), events_jsonl=b"hello\nworld\n"),
    "newer": zipped(run_json=spec(version=2), events_jsonl=b""),
}


@pytest.mark.parametrize("key", STRANGE)
def test_a_strangers_file_is_refused_with_a_sentence_and_leaves_nothing(root, key):
    with pytest.raises(ArchiveError) as caught:
        library.unpack(STRANGE[key], root)
    assert caught.value.message.key == f"library.{key}"
    assert not root.exists() or list(root.iterdir()) == []


@pytest.mark.parametrize("name", ["../run.json", "/run.json", "runs/run.json", "run.json/"])
def test_no_name_leads_out_of_the_folder(root, name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, spec())
        made.writestr("events.jsonl", b"")
    with pytest.raises(ArchiveError) as caught:
        library.unpack(out.getvalue(), root)
    assert caught.value.message.key == "library.foreign_file"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(root):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for content in (spec(), b"{}"):
            made.writestr("run.json", content)
        made.writestr("events.jsonl", b"")
    with pytest.raises(ArchiveError) as caught:
        library.unpack(out.getvalue(), root)
    assert caught.value.message.key == "library.foreign_file"


def test_an_archive_that_is_too_large_is_not_even_opened(root, monkeypatch):
    monkeypatch.setattr(archive, "MOST_PACKED", 100)
    with pytest.raises(ArchiveError) as caught:
        library.unpack(b"x" * 101, root)
    assert caught.value.message.key == "library.too_large"


@pytest.mark.parametrize(
    "broken",
    [
        b"null",
        b"[]",
        b"{",
        spec(created="yesterday"),
        spec(created=5),
        b"[" * 100_000,
        spec(experiment=None),
    ],
)
def test_a_damaged_run_json_is_a_sentence(root, broken):
    with pytest.raises(ArchiveError) as caught:
        library.unpack(zipped(run_json=broken, events_jsonl=b""), root)
    assert caught.value.message.key == "library.bad_spec"


def test_a_damaged_archive_is_a_sentence(run, root):
    data = bytearray(library.pack(run))
    for place in range(60, len(data) - 60, 7):
        data[place] ^= 0x5A
    with pytest.raises(ArchiveError):
        library.unpack(bytes(data), root)


def test_a_label_of_a_stranger_keeps_its_bounds(root):
    label = json.dumps({"name": "x" * 5000, "tags": ["a"]}).encode()
    back = library.unpack(zipped(run_json=spec(), events_jsonl=b"", label_json=label), root)
    assert library.label_of(back.folder) == Label(imported=True)
