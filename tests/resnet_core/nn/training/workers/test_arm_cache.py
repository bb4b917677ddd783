"""Arms that are kept: those of a choice are built ahead, and make room for the next choice."""

from dataclasses import replace

import pytest

pytest.importorskip("tensorflow")

from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.nn.training.workers.arm_cache import ArmCache

pytestmark = pytest.mark.tf
FIRST = Experiment.twins("own", NetConfig(8, 4), TrainConfig(batch=2))
SECOND = replace(FIRST, train=TrainConfig(batch=4))


def build(cache: ArmCache, chosen: Experiment) -> int:
    """Build all arms of a choice and return how many were missing."""
    count = 0
    while cache.build_next(chosen):
        count += 1
    return count


def test_a_choice_is_built_once_and_its_start_takes_those_arms():
    cache = ArmCache(4)
    assert build(cache, FIRST) == 2
    assert build(cache, FIRST) == 0
    ahead = cache.arm_for(FIRST, "residual")
    assert ahead is cache.arm_for(replace(FIRST, seed=3), "residual")
    assert not ahead.is_traced(flow=True)


def test_a_choice_in_bfloat16_has_the_copies_for_its_first_chart_built_too():
    cache = ArmCache(4)
    assert build(cache, replace(FIRST, train=replace(FIRST.train, precision="bfloat16"))) == 4


def test_the_next_choice_takes_the_room_of_one_that_was_not_started():
    cache = ArmCache(4)
    build(cache, FIRST)
    trained = cache.arm_for(FIRST, "plain")
    build(cache, SECOND)
    assert cache.arm_for(FIRST, "plain") is trained
    assert build(cache, FIRST) == 1, "the arm that was not trained is gone"


def test_a_choice_of_more_arms_than_are_kept_is_left_to_its_start():
    assert build(ArmCache(1), FIRST) == 0


def test_large_nets_are_not_built_before_someone_starts_them():
    cache = ArmCache(4)
    assert build(cache, Experiment.twins("own", NetConfig(20, 160))) == 0
    assert build(cache, FIRST) == 2
