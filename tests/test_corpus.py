"""Files and texts that once broke something: each gives the sentence that a person sees today.

corpus/corpus.toml lists them. An entry holds its bytes as `text`, or names a `file` beside it;
`enters` says where it comes in, and `says` is the sentence, empty where the file is passed over and
nothing needs to be said.
"""

import json
import tomllib
from pathlib import Path

import pytest

from base import folders
from base.messages import UserError
from resnet_core import library, runs
from resnet_core.data import archive, published
from resnet_core.experiment.presets import PRESETS
from resnet_core.runs import queue
from study.reviews.imports import rows_of_file
from study.sandbox.limits import Limits
from study.sandbox.running import output

CORPUS = Path(__file__).parent / "corpus"
ENTRIES = tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["entry"]
GOOD = {"kind": "bury", "id": "good", "at": "2026-11-20T10:00:00.000+00:00", "item": "q/a"}
STARTED = {"kind": "started", "from_step": 0, "arms": {}, "data": {"label": "synthetic"}}


def log(data: bytes, folder: Path) -> str:
    """A line of an export, beside one that is good, or a whole database."""
    if not data.startswith(b"SQLite"):
        data = json.dumps(GOOD).encode() + b"\n" + data
    rows, aside = rows_of_file(data)
    assert [row.id for row in rows] == ["good"]
    return " ".join(str(one.message) for one in aside)


def bundle(data: bytes, folder: Path) -> str:
    """An archive of a run."""
    library.unpack(data, folder)
    return ""


def events(data: bytes, folder: Path) -> str:
    """A line in the log of a run; it says why the run failed."""
    (folder / runs.EVENTS).write_bytes(json.dumps(STARTED).encode() + b"\n" + data + b"\n")
    told = runs.status(folder)
    assert told.name in ("failed", "crashed") and told.resumable
    return str(told.reason)


def control(data: bytes, folder: Path) -> str:
    (folder / runs.CONTROL).write_bytes(data)
    assert runs.control(folder) == runs.Control()
    return ""


def turns(data: bytes, folder: Path) -> str:
    run = runs.create(PRESETS["fast-20"], owner="anna")
    other = runs.create(PRESETS["fast-20"], owner="ben")
    for one in (run, other):
        runs.enter_queue(one.folder)
    (folders.queue() / queue.TURNS).write_bytes(data)
    assert [runs.queued_place(one.folder) for one in (run, other)] == [1, 2]
    return ""


def dataset(data: bytes, folder: Path) -> str:
    """An archive of CIFAR."""
    (folder / "given.tar.gz").write_bytes(data)
    return str(list(archive.batch_files(folder / "given.tar.gz", published.archives("cifar10"))))


def figure(data: bytes, folder: Path) -> str:
    assert output.figure(data, Limits()) is None
    return ""


ENTERS = {one.__name__: one for one in (log, bundle, events, control, turns, dataset, figure)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_what_once_broke_is_a_sentence(entry, own_home, tmp_path):
    named = entry.get("file")
    data = (CORPUS / named).read_bytes() if named else entry["text"].encode()
    folder = tmp_path / "given"
    folder.mkdir()
    try:
        said = ENTERS[entry["enters"]](data * entry.get("times", 1), folder)
    except UserError as error:
        said = str(error).replace(str(folder), "FOLDER")
    assert said == entry["says"]


def test_every_file_of_the_corpus_is_listed():
    there = {path.name for path in CORPUS.iterdir()} - {"corpus.toml"}
    assert there == {entry["file"] for entry in ENTRIES if "file" in entry}
    assert {entry["enters"] for entry in ENTRIES} == set(ENTERS)
