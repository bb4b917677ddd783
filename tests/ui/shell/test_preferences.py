"""Preferences outlive a visit, and a damaged file is as good as none."""

import json

import pytest

from ui.shell import preferences
from ui.shell.preferences import Preferences


def written(text: str) -> None:
    preferences.path().parent.mkdir(parents=True, exist_ok=True)
    preferences.path().write_text(text, "utf-8")


def test_a_preference_is_remembered_and_the_others_stay(own_home):
    preferences.remember(level=3)
    preferences.remember(consent=True)
    assert preferences.load() == Preferences(level=3, consent=True)


def test_a_file_of_another_version_opens(own_home):
    written('{"language": "zh", "level": 1, "started": true, "theme": "of a later version"}')
    assert preferences.load() == Preferences("zh", 1, True)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"level": 9}', '{"consent": 1}', '{"language": "xx"}', "[" * 100_000],
)
def test_a_damaged_file_is_as_good_as_none(own_home, text):
    written(text)
    assert preferences.load() == Preferences()
    preferences.remember(started=True)
    assert json.loads(preferences.path().read_text("utf-8"))["started"] is True
