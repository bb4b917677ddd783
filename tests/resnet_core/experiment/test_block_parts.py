"""Blocks as they are drawn: every toggle shows, and all blocks together cost what the net costs."""

from dataclasses import replace
from itertools import product

import pytest

from resnet_core.experiment import arithmetic, block_parts
from resnet_core.experiment.config import ExperimentError, NetConfig
from resnet_core.experiment.net import BLOCKS, ORDERS, SHORTCUTS, STARTS
from resnet_core.experiment.plan import net as plan


def nets():
    """Every combination of variants that has sense, at depth 20."""
    for shortcut, order, block, start, skip in product(SHORTCUTS, ORDERS, BLOCKS, STARTS, (1, 0)):
        try:
            yield NetConfig(
                20, 8, bool(skip), shortcut, order=order, block=block, start=start, squeeze=True
            )
        except ExperimentError:
            continue


def of(net: NetConfig, name: str = "stage2_block1") -> block_parts.BlockParts:
    return block_parts.parts(net, name)


def kinds(parts) -> list[str]:
    return [part.kind for part in parts]


def test_the_blocks_together_cost_what_the_net_costs():
    """All but the stem, the head, and what an order needs after the last block."""
    seen = 0
    for net in nets():
        found = [of(net, block.name) for block in plan.blocks_of(net)]
        rows = arithmetic.layers(net)
        outside = [row for row in rows if row.name in ("stem_conv", "head")]
        after = 2 * found[-1].output[2] if net.order == "pre" else 0
        assert sum(one.macs for one in found) == arithmetic.macs(net) - sum(r.macs for r in outside)
        parameters = arithmetic.parameters(net) - sum(row.parameters for row in outside) - after
        assert sum(one.parameters for one in found) == parameters, net
        for before, block in zip(found, found[1:], strict=False):
            assert (block.input, block.input_field) == (before.output, before.field)
        seen += 1
    assert seen > 100


def test_the_usual_block_is_that_of_the_paper():
    block = of(NetConfig(20, 16))
    assert kinds(block.branch) == ["conv", "norm", "activation", "conv", "norm", "activation"]
    assert (block.split, block.joint) == (0, 5), "around all but the last ReLU"
    assert kinds(block.shortcut) == ["pad"] and block.shortcut[0].size == (2, 16)
    assert [part.output for part in block.branch[::3]] == [(16, 16, 32)] * 2
    assert (block.input_field, block.field) == (
        15,
        21,
    )  # 1 + 2 (stem) + 6 · 2 (stage 1), then 2 + 4
    assert block.parameters == 9 * 16 * 32 + 9 * 32 * 32 + 4 * 32
    assert of(NetConfig(20, 16), "stage1_block2").shortcut == ()


@pytest.mark.parametrize(
    ("toggle", "branch", "around", "split", "joint"),
    [
        ({"order": "pre"}, "norm activation conv norm activation conv", "pad", 0, 6),
        ({"order": "pre", "shortcut": "C"}, "norm activation conv norm activation conv",
         "subsample conv", 2, 6),
        ({"order": "bn-after-add"}, "conv norm activation conv norm activation", "pad", 0, 4),
        ({"order": "relu-before-add"}, "conv norm activation conv norm activation", "pad", 0, 6),
        ({"shortcut": "B"}, "conv norm activation conv norm activation",
         "subsample conv norm", 0, 5),
        ({"shortcut": "scaled"}, "conv norm activation conv norm activation", "pad scale", 0, 5),
        ({"shortcut": "dropout"}, "conv norm activation conv norm activation", "pad drop", 0, 5),
        ({"block": "bottleneck"}, "conv norm activation conv norm activation conv norm activation",
         "pad", 0, 8),
        ({"batch_norm": False}, "conv activation conv activation", "pad", 0, 3),
        ({"separable": True}, "depthwise conv norm activation depthwise conv norm activation",
         "pad", 0, 7),
        ({"squeeze": True, "start": "skipinit"},
         "conv norm activation conv norm squeeze learned_scale activation", "pad", 0, 7),
    ],
)  # fmt: skip
def test_every_toggle_shows(toggle, branch, around, split, joint):
    block = of(replace(NetConfig(20, 8), **toggle))
    assert " ".join(kinds(block.branch)) == branch
    assert " ".join(kinds(block.shortcut)) == around
    assert (block.split, block.joint) == (split, joint)
    if "start" in toggle:
        return  # its branch is silent at first: there is no plain twin
    plain = of(replace(NetConfig(20, 8), **toggle, skip=False))
    assert plain == block_parts.without_skip(block), "the twin differs in its skip alone"


def test_zero_gamma_and_kernel_show():
    block = of(NetConfig(20, 8, start="zero-gamma", kernel=5))
    assert [part.size for part in block.branch if part.kind == "norm"] == [(1.0,), (0.0,)]
    assert block.branch[0].size == (5, 2) and block.field == 1 + 2 + 6 * 4 + 4 + 8


def test_a_short_net_has_no_later_blocks():
    assert block_parts.names(NetConfig(8, 8)) == [f"stage{stage}_block1" for stage in (1, 2, 3)]
    assert len(block_parts.names(NetConfig(56, 8))) == 6
