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
