"""Sizes, settings and their values in words, as the shelf and the comparison show them."""

import pytest

from ui.library import words
from ui.shell.i18n import t


@pytest.mark.parametrize(
    ("count", "said"), [(2_300_000_000, "2.3"), (45_600_000, "45.6"), (12_000, "12"), (0, "0")]
)
def test_a_size_has_the_unit_that_suits_it(count, said):
    told = words.size(count)
    assert told.split()[0] == said
    assert len({words.size(one).split()[-1] for one in (count, 5_000_000_000, 1, 2_000_000)}) == 3


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("learning_rate", 0.1, "0.1"),
        ("decay_at", (10, 20), "10, 20"),
        ("decay_at", (), words.NOTHING),
        ("name", "", words.NOTHING),
        ("steps", 120, "120"),
    ],
)
def test_a_setting_is_said_as_a_person_writes_it(setting, value, said):
    assert words.value_of(setting, {"": value}) == said


def test_truths_choices_and_nets_have_words():
    yes, no = (words.value_of("augment", {"": value}) for value in (True, False))
    assert {yes, no} & {"True", "False", ""} == set() and yes != no
    nets = words.value_of("arms", {"": ("residual", "plain")})
    assert nets == f"{t('arm.residual')} / {t('arm.plain')}"
    each = words.value_of("depth", {"residual": 20, "plain": 56})
    assert [part.split()[-1] for part in each.split(" / ")] == ["20", "56"]
    assert words.value_of("depth", {}) == words.NOTHING
