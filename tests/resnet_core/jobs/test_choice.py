"""The experiment that may be started next: told once, heard by the worker, never in the way."""

import pytest

from base import folders
from resnet_core import jobs
from resnet_core.experiment.config import Experiment, NetConfig
from resnet_core.jobs import choice


def test_the_worker_hears_the_latest_choice(own_home):
    folders.home().mkdir(parents=True)
    assert jobs.chosen_next() is None
    for depth in (8, 14):
        chosen = Experiment.twins("own", NetConfig(depth, 4))
        jobs.choose_next(chosen)
        assert jobs.chosen_next() == chosen


def test_a_choice_that_is_told_already_is_not_written_again(own_home):
    folders.home().mkdir(parents=True)
    chosen = Experiment.twins("own", NetConfig(8, 4))
    jobs.choose_next(chosen)
    before = (folders.home() / choice.CHOSEN_FILE).stat().st_ino
    jobs.choose_next(chosen)
    assert (folders.home() / choice.CHOSEN_FILE).stat().st_ino == before


def test_a_page_can_be_read_where_nothing_can_be_written(own_home):
    jobs.choose_next(Experiment.twins("own", NetConfig(8, 4)))  # the home folder does not exist
    assert jobs.chosen_next() is None


@pytest.mark.parametrize("damage", ["", "[]", '{"arms": {}}', "[" * 9999])
def test_a_damaged_choice_is_none(own_home, damage):
    folders.home().mkdir(parents=True)
    (folders.home() / choice.CHOSEN_FILE).write_text(damage)
    assert jobs.chosen_next() is None
