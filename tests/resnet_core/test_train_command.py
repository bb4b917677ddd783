"""`python -m resnet_core train` where it cannot begin: a sentence, no traceback, no run."""

import pytest

from resnet_core import __main__ as command
from resnet_core import runs


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--data", "{there}/nothing"], "There is no folder or archive at"),
        (["--experiment", "{there}/nothing.json"], "is not a JSON file that can be read"),
        (["--experiment", "{there}/broken.json"], "is not a JSON file that can be read"),
        (["--experiment", "{there}/list.json"], "expected an object"),
        (["--steps", "-3"], "steps: expected"),
        (["--seeds", "6"], "seeds: expected 1 to 5"),
        (["--rate", "1000"], "learning_rate: expected"),
        (["--resume", "{there}"], "is not a run that can be read"),
        (["--out", "{there}/broken.json"], "Nothing could be written"),
    ],
)
def test_what_cannot_begin_is_said(own_home, tmp_path, monkeypatch, capsys, arguments, said):
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "list.json").write_text("[]")
    given = [word.format(there=tmp_path) for word in arguments]
    monkeypatch.setattr("sys.argv", ["resnet_core", "train", *given])
    assert command.main() == 2
    assert said in capsys.readouterr().err
    assert runs.every() == []
