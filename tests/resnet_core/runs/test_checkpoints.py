"""A checkpoint is whole or absent; a damaged one is passed over."""

import numpy as np
import pytest

from resnet_core.runs import checkpoints

ARRAYS = {"plain/w0": np.arange(6.0).reshape(2, 3), "plain/v0": np.zeros(4, np.float32)}


def test_the_newest_comes_back_exactly_and_two_are_kept(tmp_path):
    for step in (25, 50, 75):
        checkpoints.save(tmp_path / "c", step, {**ARRAYS, "step": np.array(step)})
    step, arrays = checkpoints.latest(tmp_path / "c")
    assert step == 75 and arrays["step"] == 75
    np.testing.assert_array_equal(arrays["plain/w0"], ARRAYS["plain/w0"])
    assert len(list((tmp_path / "c").iterdir())) == 2


@pytest.mark.parametrize("keep", [0, 1, 100, 0.5, -1])
def test_one_cut_short_is_passed_over(tmp_path, keep):
    checkpoints.save(tmp_path, 25, ARRAYS)
    checkpoints.save(tmp_path, 50, ARRAYS)
    newest = tmp_path / "step-00000050.npz"
    data = newest.read_bytes()
    newest.write_bytes(data[: int(keep * len(data)) if isinstance(keep, float) else keep])
    assert checkpoints.latest(tmp_path)[0] == 25


def test_a_full_disk_leaves_the_old_ones_alone(tmp_path, monkeypatch):
    checkpoints.save(tmp_path, 25, ARRAYS)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoints.save(tmp_path, 50, ARRAYS)
    assert [p.name for p in tmp_path.iterdir()] == ["step-00000025.npz"]


def test_none_is_none(tmp_path):
    assert checkpoints.latest(tmp_path / "absent") is None


def test_whatever_was_damaged_in_the_newest_the_one_before_comes_back(tmp_path):
    """Four hundred damages: a flipped bit, a hole, bytes lost or put in, anywhere in the file."""
    checkpoints.save(tmp_path, 25, ARRAYS)
    checkpoints.save(tmp_path, 50, ARRAYS)
    newest = tmp_path / "step-00000050.npz"
    whole, chance = newest.read_bytes(), np.random.default_rng(0)
    for _ in range(400):
        newest.write_bytes(damaged(whole, chance))
        readable = checkpoints.readable(tmp_path)
        arrays = next(arrays for _, arrays in readable if arrays.keys() == ARRAYS.keys())
        for key, array in ARRAYS.items():
            np.testing.assert_array_equal(arrays[key], array)


def damaged(data: bytes, chance: np.random.Generator) -> bytes:
    place = int(chance.integers(len(data)))
    kind = chance.integers(4)
    if kind == 0:
        flipped = data[place] ^ (1 << int(chance.integers(8)))
        return data[:place] + bytes([flipped]) + data[place + 1 :]
    if kind == 1:
        return data[:place] + bytes(min(64, len(data) - place)) + data[place + 64 :]
    if kind == 2:
        return data[:place] + data[place + int(chance.integers(1, 40)) :]
    return data[:place] + chance.bytes(16) + data[place:]


@pytest.mark.parametrize("name", ["step-.npz", "step-x.npz", "step-99999999999999999999999x.npz"])
def test_a_file_with_a_strange_name_is_passed_over(tmp_path, name):
    checkpoints.save(tmp_path, 25, ARRAYS)
    (tmp_path / name).write_bytes((tmp_path / "step-00000025.npz").read_bytes())
    assert checkpoints.latest(tmp_path)[0] == 25


@pytest.mark.parametrize(
    ("place", "value"),
    [(8, 1), (10, 8), (10, 14), (10, 99), (20, 255), (24, 255)],
    ids=["encrypted", "deflated", "lzma", "unknown method", "packed size", "size"],
)
def test_a_damaged_directory_of_the_archive_is_passed_over(tmp_path, place, value):
    """Each makes Python's zipfile raise an error of another family."""
    checkpoints.save(tmp_path, 25, ARRAYS)
    checkpoints.save(tmp_path, 50, ARRAYS)
    newest = tmp_path / "step-00000050.npz"
    data = bytearray(newest.read_bytes())
    data[data.index(b"PK\x01\x02") + place] = value
    newest.write_bytes(data)
    readable = checkpoints.readable(tmp_path)
    arrays = next(arrays for _, arrays in readable if arrays.keys() == ARRAYS.keys())
    np.testing.assert_array_equal(arrays["plain/w0"], ARRAYS["plain/w0"])
