"""Real CIFAR in both layouts, from folders and archives; bad data is a sentence, no more."""

import gzip
import io
import os
import shutil
import tarfile
import tempfile
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resnet_core.data import archive as archives
from resnet_core.data import batch_files, cifar, published
from resnet_core.data.batch_files import DataError

BINARY, PYTHON = published.archives("cifar10")
TITLE = "not the published data set"


@pytest.fixture
def folder(cifar_sample):
    found = cifar_sample / PYTHON.folder
    return found if found.is_dir() else cifar_sample


def to_binary(data: cifar.Dataset, folder, images_per_batch=100):
    """The sample in the binary layout: label, then 3072 bytes channel by channel."""
    folder.mkdir(parents=True)
    for i, name in enumerate([*BINARY.train, BINARY.test]):
        split = "test" if name == BINARY.test else "train"
        images, labels = getattr(data, f"{split}_images"), getattr(data, f"{split}_labels")
        first = 0 if split == "test" else i * images_per_batch
        rows = slice(first, first + images_per_batch)
        flat = images[rows].transpose(0, 3, 1, 2).reshape(images_per_batch, -1)
        (folder / name).write_bytes(np.hstack([labels[rows, None], flat]).tobytes())
    return folder


def test_the_sample_is_read_and_named_as_not_the_published_data_set(folder):
    data = cifar.find(named=folder)
    assert data.train_images.shape[1:] == (32, 32, 3) and data.train_images.dtype == np.uint8
    assert len(data.train_images) == len(data.train_labels) > 5000
    assert len(data.class_names) == 10 and set(data.test_labels) == set(range(10))
    assert not data.published and TITLE in data.label
    assert isinstance(data.train_images, np.memmap)


def test_the_images_are_the_right_way_up(folder):
    """Skies are above: over ships and aeroplanes the upper rows are brighter and bluer."""
    data = cifar.find(named=folder)
    sky = data.train_images[np.isin(data.train_labels, (0, 8))].astype(float)
    assert sky[:, :8].mean() > sky[:, -8:].mean()
    assert sky[:, :8, :, 2].mean() > sky[:, :8, :, 0].mean()


def test_a_second_look_takes_the_parsed_arrays(folder, monkeypatch):
    first = cifar.find(named=folder)
    monkeypatch.setattr(cifar, "_parse", lambda *_: pytest.fail("parsed again"))
    assert cifar.find(named=folder).fingerprint == first.fingerprint


def test_the_archive_gives_what_the_folder_gives(folder, tmp_path):
    archive = tmp_path / PYTHON.file
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(folder, PYTHON.folder)
    assert cifar.find(named=archive).fingerprint == cifar.find(named=folder).fingerprint


def test_the_binary_layout_gives_the_same_images(folder, tmp_path):
    data = cifar.find(named=folder)
    again = cifar.find(named=to_binary(data, tmp_path / BINARY.folder))
    np.testing.assert_array_equal(again.train_images[100:200], data.train_images[100:200])
    np.testing.assert_array_equal(again.test_labels, data.test_labels[:100])


def test_cifar_100_is_read_by_its_fine_labels(folder, tmp_path):
    data = cifar.find(named=folder)
    pixels = data.train_images[:60].transpose(0, 3, 1, 2).reshape(60, -1)
    fine = (np.arange(60) % 100).astype(np.uint8)
    rows = np.hstack([np.full((60, 1), 7, np.uint8), fine[:, None], pixels])
    place = tmp_path / "cifar-100-binary"
    place.mkdir()
    (place / "train.bin").write_bytes(rows.tobytes())
    (place / "test.bin").write_bytes(rows[:20].tobytes())
    found = cifar.find("cifar100", place)
    np.testing.assert_array_equal(found.train_labels, fine)
    assert found.class_names[0] == "apple" and len(found.class_names) == 100


def test_the_environment_names_the_data_and_its_label(folder, monkeypatch):
    monkeypatch.setenv("RESIDUAL_DATA", str(folder))
    monkeypatch.setenv("RESIDUAL_DATA_LABEL", "CIFAR-10 (JPEG)")
    assert cifar.find().label == "CIFAR-10 (JPEG)"


def test_no_data_says_how_to_get_some(monkeypatch, tmp_path):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    with pytest.raises(DataError, match="data get") as caught:
        cifar.find()
    assert caught.value.message.key == "data.missing"


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match="nowhere"):
        cifar.find(named=tmp_path / "nowhere")


def bad(tmp_path, folder, **changes):
    """The sample with some files replaced by other bytes, or removed with None."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        os.symlink(path.resolve(), copy / path.name)
    for name, data in changes.items():
        (copy / name).unlink()
        if data is not None:
            (copy / name).write_bytes(data)
    return copy


PICKLE = b"\x80\x02cos\nsystem\n(U\x10touch %s\ntR."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>Please log in</html>",
        b"\x1f\x8b" + os.urandom(200),
        PICKLE,
        b"\x80\x02]q\x00r\xff\xff\xff\x7f.",  # a memo index of 2^31
        b"\x80\x02T\xff\xff\xff\x7f",  # a string of 2 GB that is not there
        b"\x80\x02\x8b\xff\xff\xff\x7f",  # an integer of 2 GB
        b"I" + b"9" * 100_000 + b"\n.",
        b"\x80\x02}U\x06labels](K\x01e.",  # labels, no images
        b"(" * 100_000,
        b"\x80\x02}(U\x06labels](K\xffeU\x04dataT\x00\x0c\x00\x00" + b"\0" * 3072 + b"u.",
        b"\x80\x02}(U\x06labels](K\x01K\x02eU\x04dataT\x00\x0c\x00\x00" + b"\0" * 3072 + b"u.",
        b"\x80\x05\x95\xff\xff\xff\xff\xff\xff\xff\xff",
        b"(" * 2_000_000,
        b"\x80\x02}U\x06labels](" + b"K\x01" * 2_000_000 + b"e.",
        os.urandom(5000),
    ],
    ids=count(),  # random bytes would make other names in every process
)
def test_a_hostile_or_foreign_pickle_is_a_sentence_and_runs_nothing(tmp_path, folder, data):
    marker = tmp_path / "pwned"
    if b"%s" in data:
        data = data.replace(b"%s", str(marker).encode()[-8:])
    with pytest.raises(DataError, match="Nothing was taken"):
        cifar.find(named=bad(tmp_path, folder, data_batch_2=data))
    assert not marker.exists()
    assert not list((cifar.folders.caches() / "data").glob("*/about.json"))


def test_a_truncated_batch_is_a_sentence(tmp_path, folder):
    whole = (folder / "data_batch_2").read_bytes()
    with pytest.raises(DataError, match="data_batch_2"):
        cifar.find(named=bad(tmp_path, folder, data_batch_2=whole[: len(whole) // 2]))


def test_a_missing_batch_is_named(tmp_path, folder):
    with pytest.raises(DataError, match="lacks data_batch_4"):
        cifar.find(named=bad(tmp_path, folder, data_batch_4=None))


def test_a_bad_source_leaves_the_old_cache_intact(tmp_path, folder):
    good = cifar.find(named=folder)
    with pytest.raises(DataError):
        cifar.find(named=bad(tmp_path, folder, data_batch_1=b"x"))
    assert cifar.find(named=folder).fingerprint == good.fingerprint
    leftovers = [p for p in (cifar.folders.caches() / "data").iterdir() if p.name.startswith(".")]
    assert leftovers == []


def tar_with(path, *members):
    """An archive of (name, data or TarInfo)."""
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for name, data in members:
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.name = name
            if isinstance(data, bytes):
                info.size = len(data)
            tar.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return path


def link(kind, target):
    info = tarfile.TarInfo()
    info.type, info.linkname = kind, target
    return info


BATCH = f"{PYTHON.folder}/data_batch_1"
TEST = f"{PYTHON.folder}/test_batch"


@pytest.mark.parametrize(
    "members",
    [
        [("../escaped", b"x"), (TEST, b"x")],
        [("/tmp/escaped-absolute", b"x"), (TEST, b"x")],
        [(BATCH, link(tarfile.SYMTYPE, "/etc/passwd")), (TEST, b"x")],
        [(BATCH, link(tarfile.LNKTYPE, "/etc/passwd")), (TEST, b"x")],
        [(f"{PYTHON.folder}", link(tarfile.SYMTYPE, "/tmp")), (TEST, b"x")],
        [(BATCH, link(tarfile.CHRTYPE, "")), (TEST, b"x")],
        [(TEST, b"x"), (TEST, b"y")],
        [(f"{PYTHON.folder}/../{PYTHON.folder}/data_batch_1", b"x"), (TEST, b"x")],
        [(f"{PYTHON.folder}/bomb", bytes(50 << 20)), (TEST, b"x")],
        [("a/" * 2000 + "x", b"x"), (TEST, b"x")],
    ],
    ids=lambda members: members[0][0][:40],
)
def test_a_hostile_archive_writes_nothing_anywhere(tmp_path, members):
    inner = tmp_path / "inner"
    inner.mkdir()
    archive = tar_with(inner / "x.tar.gz", *members)
    with pytest.raises(DataError):
        cifar.find(named=archive)
    assert [p.name for p in inner.iterdir()] == ["x.tar.gz"]
    assert not (tmp_path / "escaped").exists() and not os.path.exists("/tmp/escaped-absolute")


def header(name=TEST, size=0, kind=b"0"):
    """One block of a tar with any size at all in it."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "blocks",
    [
        header("readme", 1 << 40),
        header(size=1 << 40),
        header("readme", 1 << 40) + bytes(1 << 20),
        header("x", 1 << 40, b"x"),
        header("L", 1 << 40, b"L"),
        header("sparse", 1 << 40, b"S"),
        header("x", 512, b"x") + b"19 size=10737418240\n".ljust(512, b"\0") + header("a"),
        header("readme", 1 << 20) * 3 + bytes(300 << 20),
    ],
    ids=lambda blocks: str(len(blocks)),
)
def test_sizes_that_are_promised_cost_nothing(tmp_path, monkeypatch, blocks):
    """What is read is counted: no more than the blocks that are there, and once."""
    archive = tmp_path / "promises.tar.gz"
    with gzip.open(archive, "wb", 1) as packed:
        packed.write(blocks)
    reads = []
    ours = gzip.GzipFile.read
    monkeypatch.setattr(
        gzip.GzipFile, "read", lambda self, size=-1: reads.append(size) or ours(self, size)
    )
    with pytest.raises(DataError):
        cifar.find(named=archive)
    assert len(reads) < 10_000 and max(reads) <= 1 << 20


def test_a_file_larger_than_any_archive_is_not_read(tmp_path, monkeypatch):
    archive = tmp_path / "large.tar.gz"
    with open(archive, "wb") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(gzip, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(DataError, match="larger than CIFAR"):
        cifar.find(named=archive)


def test_a_named_folder_is_not_searched_to_its_depths(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(type(tmp_path), "rglob", lambda *_: pytest.fail("searched"))
    assert cifar.find(named=folder).fingerprint
    with pytest.raises(DataError, match="neither a CIFAR archive"):
        cifar.find(named=tmp_path)


@pytest.fixture(scope="module")
def packed(cifar_sample, tmp_path_factory):
    """The sample as an archive, as bytes."""
    place = cifar_sample / PYTHON.folder
    archive = tmp_path_factory.mktemp("packed") / PYTHON.file
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(place if place.is_dir() else cifar_sample, PYTHON.folder)
    return archive.read_bytes()


@pytest.mark.parametrize("kept", [20, 1000, 0.3, 0.66, 0.999, -20, -8, -4])
def test_a_truncated_archive_is_called_so(packed, tmp_path, kept):
    archive = tmp_path / "cut.tar.gz"
    archive.write_bytes(packed[: int(kept * len(packed)) if isinstance(kept, float) else kept])
    with pytest.raises(DataError) as caught:
        cifar.find(named=archive)
    assert caught.value.message.key == "data.truncated"


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9, -8, -7, -4, -1])
def test_a_flipped_byte_is_found_and_nothing_is_kept(packed, tmp_path, place):
    """In the compressed data, the checksum or the length that stands at the end."""
    at = int(place * len(packed)) if isinstance(place, float) else place
    flipped = bytearray(packed)
    flipped[at] ^= 0x10
    archive = tmp_path / "flipped.tar.gz"
    archive.write_bytes(flipped)
    with pytest.raises(DataError) as caught:
        cifar.find(named=archive)
    assert caught.value.message.key in ("data.damaged", "data.truncated", "data.foreign")
    assert not list((cifar.folders.caches() / "data").glob("*.json"))


def test_what_is_no_archive_is_called_so(tmp_path):
    for data in (b"", b"<html>Please log in</html>", gzip.compress(b"x" * 2000)):
        (tmp_path / "x.tar.gz").write_bytes(data)
        with pytest.raises(DataError) as caught:
            cifar.find(named=tmp_path / "x.tar.gz")
        assert caught.value.message.key == "data.not_an_archive", data


def test_a_file_that_may_not_be_read_is_a_sentence(folder, monkeypatch):
    def closed(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(folder), "read_bytes", closed)
    with pytest.raises(DataError, match="cannot be read: Permission denied"):
        cifar.find(named=folder)


@given(st.binary(max_size=3000), st.integers(0, 4000))
def test_no_bytes_in_a_tar_break_the_reader(data, at):
    blocks = header("readme") + header(BATCH, 600) + bytes(1024) + header(size=100) + bytes(512)
    wild = gzip.compress(blocks[:at] + data + blocks[at:], 1)
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "x.tar.gz").write_bytes(wild)
        with pytest.raises(DataError):
            list(archives.batch_files(Path(place) / "x.tar.gz", published.archives("cifar10")))


def test_a_home_that_cannot_be_written_is_a_sentence(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("no folder can be made here")
    with pytest.raises(DataError) as caught:
        cifar.find(named=folder)
    assert caught.value.message.key == "data.cannot_write"


def test_a_full_disk_is_a_sentence_and_leaves_nothing_half_written(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cifar.os, "replace", full)
    with pytest.raises(DataError, match="No space left.*intact"):
        cifar.find(named=folder)
    monkeypatch.undo()
    shutil.rmtree(cifar.folders.home(), ignore_errors=True)


@given(st.binary(max_size=4000))
def test_no_bytes_break_the_readers(data):
    for archive in (BINARY, PYTHON):
        try:
            images, labels = batch_files.read(archive, "wild", data)
        except DataError:
            continue
        assert images.shape == (len(labels), 32, 32, 3) and labels.max() <= 9
