"""Lesions: what is deleted, what is not, and that an identity can be taken out unnoticed."""

import numpy as np
import pytest

from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.diagnostics import lesion  # noqa: E402
from resnet_core.nn.diagnostics.lesion import Lesioned  # noqa: E402
from resnet_core.nn.diagnostics.nets.blocks import cut  # noqa: E402

NET = NetConfig(14, 4)


@pytest.fixture(scope="module")
def residual(subject_of):
    return subject_of(NET)


def lesioned(subject) -> Lesioned:
    images, labels = subject.test(16)
    return Lesioned(cut(subject.model, subject.net), images, labels.numpy())


@pytest.mark.parametrize(
    "net",
    [
        NET,
        NetConfig(14, 4, skip=False),
        NetConfig(8, 4, order="pre"),
        NetConfig(8, 4, shortcut="B", order="bn-after-add"),
        NetConfig(11, 4, block="bottleneck", squeeze=True),
    ],
)
def test_the_parts_together_are_the_net(subject_of, net):
    subject = subject_of(net)
    images, _ = subject.test(4)
    whole = subject.model(images, training=False).numpy()
    assert np.allclose(lesioned(subject).logits[:4], whole, atol=1e-5)


def test_a_block_that_adds_nothing_can_be_deleted_unnoticed_and_another_cannot(subject_of):
    subject = subject_of(NET)
    for name in ("gamma", "beta"):
        weight = getattr(subject.model.get_layer("stage2_block2_bn2"), name)
        weight.assign(np.zeros(weight.shape))
    found = lesioned(subject)
    names = [block.name for block in found.parts.blocks]
    assert found.without({names.index("stage2_block2")}).change == pytest.approx(0, abs=1e-6)
    assert found.without({names.index("stage1_block2")}).change > 1e-3


def test_a_deleted_block_is_its_shortcut_in_both_nets(subject_of, residual):
    plain = subject_of(NetConfig(14, 4, skip=False))
    x, _ = residual.test(2)
    for subject in (residual, plain):
        parts = cut(subject.model, subject.net)
        h = parts.stem(x)
        assert np.array_equal(parts.blocks[0].deleted(h), h)
        h = parts.blocks[1].deleted(h)
        down = parts.blocks[2].deleted(h).numpy()  # stride 2, twice the channels
        assert np.array_equal(down[..., :4], h.numpy()[:, ::2, ::2]) and not down[..., 4:].any()


def test_several_deleted_at_once_are_those_deleted_one_after_the_other(residual):
    found = lesioned(residual)
    parts, (x, _) = found.parts, residual.test(16)
    h = parts.stem(x)
    for place, block in enumerate(parts.blocks):
        h = block.deleted(h) if place in (1, 4) else block.whole(h)
    change = np.linalg.norm(parts.head(h).numpy() - found.logits, axis=1)
    expected = np.median(change / np.linalg.norm(found.logits, axis=1))
    assert found.without({4, 1}).change == pytest.approx(float(expected), rel=1e-4)


def test_only_blocks_that_keep_the_shape_trade_places_within_their_stage(residual):
    blocks = cut(residual.model, NET).blocks
    orders = dict(lesion._shuffles(np.random.default_rng(0), blocks))
    assert orders == {1: [1, 0, 2, 3, 4, 5]}  # stages 2 and 3 have one such block each
    assert lesioned(residual).in_order(range(6)).change == 0.0
    assert lesioned(residual).in_order(orders[1]).change > 1e-3


def test_a_lesion_says_of_every_block_what_is_left(residual):
    found = lesion.measure(residual)
    assert len(found["without"]) == len(found["change"]) == len(found["blocks"]) == 6
    assert [one["k"] for one in found["several"]] == [2, 3, 5] and not found["trained"]
