"""The arithmetic agrees with the literature; tests/resnet_core/nn holds it against real nets."""

import pytest

from resnet_core.experiment.arithmetic import layers, macs, parameters, weight_layers
from resnet_core.experiment.config import NetConfig

# Option A, trainable, and multiply-adds in millions; He et al. 2015 Table 6 prints 0.27, 0.46,
# 0.66, 0.85, 1.7 and 19.4 million parameters.
PUBLISHED = {
    8: (75_290, 12.2),
    20: (269_722, 40.6),
    32: (464_154, 68.9),
    44: (658_586, 97.2),
    56: (853_018, 125.5),
    110: (1_727_962, 252.9),
    1202: (19_421_274, 2829.2),
}


@pytest.mark.parametrize("depth", PUBLISHED)
def test_counts_are_the_published_ones(depth):
    count, millions = PUBLISHED[depth]
    assert parameters(NetConfig(depth=depth)) == count
    assert macs(NetConfig(depth=depth)) / 1e6 == pytest.approx(millions, abs=0.1)


@pytest.mark.parametrize("depth", PUBLISHED)
def test_closed_forms_of_the_family_hold(depth):
    n = (depth - 2) // 6
    assert parameters(NetConfig(depth=depth)) == 97_216 * n - 21_926
    assert macs(NetConfig(depth=depth)) == 14_155_776 * n - 1_916_288


def test_option_b_adds_two_projections_at_any_depth():
    for depth in (20, 56):
        extra = parameters(NetConfig(depth=depth, shortcut="B")) - parameters(
            NetConfig(depth=depth)
        )
        assert extra == 2_752


def test_the_plain_twin_has_as_many_parameters():
    assert parameters(NetConfig(depth=56, skip=False)) == parameters(NetConfig(depth=56))


def test_a_net_of_depth_d_has_d_weight_layers():
    for shortcut in "AB":
        assert len(weight_layers(NetConfig(depth=56, shortcut=shortcut))) == 56


def test_the_last_convolution_of_resnet_20_sees_81_pixels():
    rows = {row.name: row for row in layers(NetConfig(depth=20))}
    assert rows["stage3_block3_conv2"].receptive_field == 81
    assert rows["stage3_block3_conv2"].output == (8, 8, 64)


def test_every_3x3_convolution_costs_the_same_in_any_stage_but_where_the_map_shrinks():
    rows = {row.name: row.macs for row in layers(NetConfig(depth=20))}
    assert rows["stage1_block2_conv1"] == rows["stage3_block2_conv2"] == 2_359_296
    assert rows["stage2_block1_conv1"] == 2_359_296 // 2
