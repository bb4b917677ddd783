"""The command that times reruns starts a copy of the app with more questions, and reads in it."""

import pytest

from ui import measure


def test_the_copy_has_all_that_the_app_needs_and_as_many_questions_as_asked(tmp_path):
    ids = measure._copied(tmp_path / "app", 63)
    assert len(set(ids)) == 63
    with measure._server(tmp_path / "app") as address:
        copied = [one for one in ids if one.endswith("-0")]
        assert len(measure._read(address, copied, 1, 0)) == 1


def test_an_app_that_ends_at_once_is_not_waited_for(tmp_path, capfd):
    with pytest.raises(RuntimeError, match="exit status"), measure._server(tmp_path):
        pass
