"""A file of JSON is replaced whole, or it stays as it was."""

import json

import pytest

from base.files import write_json


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "kept.json"
    write_json(path, {"name": "跳跃"})
    with pytest.raises(TypeError):
        write_json(path, {"name": object()})
    assert json.loads(path.read_text("utf-8")) == {"name": "跳跃"}
    assert list(tmp_path.iterdir()) == [path]
