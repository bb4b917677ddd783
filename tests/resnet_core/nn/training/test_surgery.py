"""Surgery on one arm, held against nets that were built that way and against the lesions."""

import functools
from dataclasses import replace

import numpy as np
import pytest

from resnet_core.experiment.config import NetConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from resnet_core.nn.diagnostics.nets.blocks import cut  # noqa: E402
from resnet_core.nn.resnet.network import build_net  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402
from tests.resnet_core.nn.training import small  # noqa: E402
from tests.resnet_core.nn.training.small import IMAGES, LABELS, NET  # noqa: E402

BLOCKS = ("stage1_block1", "stage2_block1", "stage3_block1")
arm = functools.partial(small.arm, weight_decay=0.01)


def step(one: Arm, rate: float = 0.05, flow: bool = False):
    return one.step(IMAGES, LABELS, rate, flow=flow)


def weights(one: Arm) -> dict[str, np.ndarray]:
    return {w.path: w.numpy() for w in one.model.weights}


def test_the_skips_taken_out_one_by_one_leave_the_plain_twin():
    one, plain, whole = arm(), arm(replace(NET, skip=False)), arm()
    one.operate(Surgery(skips_out=BLOCKS[:1]))
    first = step(one, 0.0).loss
    assert first != pytest.approx(step(plain, 0.0).loss, rel=1e-3)
    assert first != pytest.approx(step(whole, 0.0).loss, rel=1e-3)
    one.operate(Surgery(skips_out=BLOCKS))
    assert step(one, 0.0).loss == pytest.approx(step(plain, 0.0).loss, rel=1e-5)
    one.operate(WHOLE)
    assert step(one, 0.0).loss == pytest.approx(step(whole, 0.0).loss, rel=1e-5)


def test_of_option_b_only_the_skips_without_weights_can_be_taken_out():
    one = arm(replace(NET, shortcut="B"))
    one.operate(Surgery(skips_out=BLOCKS))
    assert one.surgery == Surgery(skips_out=BLOCKS[:1])


@pytest.mark.parametrize(
    "net",
    [
        NET,
        replace(NET, skip=False),
        replace(NET, shortcut="B"),
        replace(NET, order="pre", shortcut="C"),
        replace(NET, order="bn-after-add"),
        NetConfig(11, 4, block="bottleneck", batch_norm=False),
    ],
    ids=str,
)
def test_a_deleted_block_leaves_what_the_lesion_study_leaves(net):
    one = arm(net)
    one.restore({k: v + 0.1 * np.cos(np.arange(v.size)).reshape(v.shape).astype(np.float32)
                 for k, v in one.state().items()})  # fmt: skip
    model = build_net(net)
    model.set_weights(one.model.get_weights())
    parts = cut(model, net)
    x = parts.stem(tf.constant((IMAGES.astype(np.float32) - 120.0) / 60.0))
    for place, block in enumerate(parts.blocks):
        x = block.deleted(x) if place == 1 else block.whole(x)
    one.operate(Surgery(deleted=BLOCKS[1:2]))
    np.testing.assert_allclose(one.predict(IMAGES), parts.head(x), rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "adamw"])
def test_the_weights_of_a_deleted_block_rest_until_it_comes_back(optimizer):
    one = arm(optimizer=optimizer)
    step(one)
    one.operate(Surgery(deleted=BLOCKS[1:2]))
    before, slots = weights(one), [slot.numpy() for slot in one._optimizer.slots]
    one.trace(flow=True)
    seen = step(one, flow=True)
    after = weights(one)
    rested = {path for path in before if path.startswith(BLOCKS[1])}
    assert rested
    for path in before:
        assert np.array_equal(before[path], after[path]) is (path in rested), path
    count = len(one._weights)
    for place, old in enumerate(slots[: len(slots) // count * count]):
        same = np.array_equal(old, one._optimizer.slots[place].numpy())
        assert same is one._paths[place % count].startswith(BLOCKS[1])
    gone = [name.startswith(BLOCKS[1]) for name in one.layers]
    assert (seen.flow[:3, gone] == 0).all() and (seen.flow[:3, ~np.array(gone)] > 0).all()
    one.operate(WHOLE)
    step(one)
    now = weights(one)
    assert not any(np.array_equal(now[path], before[path]) for path in rested)


def test_by_its_moving_averages_a_net_trains_as_it_predicts_and_keeps_them():
    one = arm()
    step(one)
    one.operate(Surgery(averages=True))
    before, logits = weights(one), one.predict(IMAGES)
    one.trace(flow=False)
    seen = step(one)
    expected = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(LABELS, logits))
    assert seen.loss == pytest.approx(float(expected), rel=1e-4)
    after = weights(one)
    for path in before:
        assert np.array_equal(before[path], after[path]) is ("moving_" in path), path
    one.operate(WHOLE)
    step(one)
    now = weights(one)
    assert not any(np.array_equal(now[p], before[p]) for p in before if "moving_" in p)


def test_a_net_without_batch_norm_has_nothing_to_switch():
    one = arm(replace(NET, batch_norm=False))
    one.operate(Surgery(averages=True))
    assert one.surgery == WHOLE


def test_an_arm_that_is_used_again_begins_whole():
    one = arm()
    one.operate(Surgery(deleted=BLOCKS[:1], averages=True))
    step(one)
    one.reset(0)
    assert one.surgery == WHOLE
    assert step(one).loss == pytest.approx(step(arm()).loss, rel=1e-5)
