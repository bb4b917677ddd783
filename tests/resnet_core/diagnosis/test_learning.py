"""Verdicts on a loss, an accuracy and a gradient's rounding follow their rules."""

import pytest

from resnet_core.diagnosis import learning, marks, rounding
from resnet_core.experiment.config import NetConfig
from resnet_core.runs import History


def past(losses) -> History:
    return History().add(
        {"kind": "step", "arm": "plain", "step": k, "loss": loss, "elapsed_s": float(k)}
        for k, loss in enumerate(losses)
    )


@pytest.mark.parametrize(
    ("losses", "kind"),
    [
        ([2.3] * 20, "guessing"),
        ([3.0] * 10 + [1.9] * 10, "learns"),
        ([2.3] * 10 + [882.0] * 10, "blown_up"),
        ([2.3, 5.0, None], "not_finite"),
        ([2.3, None, 2.3] + [1.0] * 20, "not_finite"),
    ],
)
def test_a_loss_in_words(losses, kind):
    found = learning.learning(past(losses), "plain")
    assert found.kind == kind and found.words.key == f"learning.{kind}" and str(found.words)


def test_a_guess_depends_on_the_number_of_classes():
    assert learning.learning(past([4.55] * 10), "plain", 100).kind == "guessing"


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [
        (0.227, 256, 0.180, 0.282),
        (0.5, 100, 0.404, 0.596),
        (0.0, 10, 0.0, 0.278),
        (1, 10, 0.722, 1),
    ],
)
def test_the_interval_of_an_accuracy_is_wilsons(share, count, low, high):
    found = learning.interval(share, count)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


@pytest.mark.parametrize(
    ("said", "one"), [([0, 96, 4], 1), ([0, 94, 6], None), ([100, 0, 0], 0), (None, None)]
)
def test_a_net_that_says_one_class_is_found_out(said, one):
    assert learning.one_class({"images": 100, "said": said}) == one


@pytest.mark.parametrize(
    ("net", "precision", "key"),
    [
        (NetConfig(56, 8, False), "float32", "rounding.deep"),
        (NetConfig(110, 8, False), "float32", "rounding.very_deep"),
        (NetConfig(56, 8, False), "bfloat16", "rounding.bfloat16"),
        (NetConfig(56, 8, True), "float32", None),
        (NetConfig(56, 8, False, batch_norm=False), "float32", None),
        (NetConfig(20, 8, False), "float32", None),
    ],
)
def test_rounding_is_named_where_it_blurs_a_gradient(net, precision, key):
    found = rounding.rounding(net, precision)
    assert (found.key if found else None) == key


def test_marks_come_in_the_order_of_their_steps():
    started = {"kind": "started", "from_step": 0}
    changed = {"kind": "control", "step": 9, "changed": {"learning_rate": 0.2, "skips": False}}
    paused = {"kind": "state", "state": "paused", "step": 4}
    found = marks.marks(History().add([started, changed, paused]))
    assert [(mark.step, mark.words.key) for mark in found] == [
        (4, "mark.paused"),
        (9, "mark.rate"),
        (9, "mark.skips_out"),
    ]


def test_surgery_is_marked_by_what_was_cut_and_what_was_put_back():
    made = [
        (3, {"skips_out": ("stage2_block1", "stage3_block2")}),
        (5, {"skips_out": ("stage3_block2",), "deleted": ("stage1_block1",)}),
        (7, {"skips": False, "skips_out": (), "deleted": (), "averages": True}),
        (9, {"skips": True, "averages": False}),
    ]
    assert [(mark.step, str(mark.words)) for mark in marks.changes(made)] == [
        (3, "skip 2.1 out"),
        (3, "skip 3.2 out"),
        (5, "skip 2.1 back"),
        (5, "block 1.1 deleted"),
        (7, "skips taken out"),
        (7, "block 1.1 back"),
        (7, "BN: averages"),
        (9, "skips put back"),
        (9, "BN: batch"),
    ]
