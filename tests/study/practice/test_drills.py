"""Drills: exact by another way of computing, never twice the same, worded in both languages."""

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from study.practice import drill_kinds, drills, recorded_curves

LOCALES = Path(__file__).resolve().parents[3] / "locales"
seeds = some.integers(0, 10**6)
FEWEST = 100  # different tasks in 400 draws


def drawn(kind: str) -> list[drills.Drill]:
    return [drills.make(kind, seed) for seed in range(60)]


@pytest.mark.parametrize("kind", drills.KINDS)
def test_a_hundred_in_a_row_are_all_different(kind):
    used: set[str] = set()
    for _ in range(100):
        drill = drills.fresh(kind, used, seed=len(used))
        assert drill.key not in used
        used.add(drill.key)


@pytest.mark.parametrize("kind", drills.KINDS)
def test_a_drill_is_the_same_for_the_same_seed_and_there_are_many(kind):
    assert drills.make(kind, 7) == drills.make(kind, 7)
    many = [drills.make(kind, seed) for seed in range(400)]
    assert len({drill.key for drill in many}) >= FEWEST
    commonest = max(Counter(drills.shown(drill.answer) for drill in many).values())
    few = 100 if many[0].form == "choice" else 60  # of four options one in four is a blind guess
    assert commonest <= few, "one answer comes so often that it can be guessed"


def test_shapes_have_many_different_answers():
    many = {drills.make("shape", seed).answer for seed in range(200)}
    assert len(many) > 100


def test_charts_ask_for_values_all_over_the_chart():
    """In fifths: neither 0 for a gap nor 2.30 for a plain net comes most of the time."""
    fifths = Counter(round(5 * drills.make("curve", seed).answer) for seed in range(400))
    assert max(fifths.values()) < 0.15 * 400 and len(fifths) >= 15


def test_some_steps_lie_inside_the_warm_up():
    inside = [d for d in map(lambda s: drills.make("cosine", s), range(200)) if "warmup" in d.task]
    assert 0.15 < len(inside) / 200 < 0.5


def test_where_every_drill_was_used_one_comes_again(monkeypatch):
    one = drill_kinds.KINDS["size"]
    monkeypatch.setitem(drills.KINDS, "size", replace(one, draw=lambda rng: (32, 3, 1, 1)))
    first = drills.make("size", 0)
    assert drills.fresh("size", {first.key}) == first


@pytest.mark.parametrize("kind", ["parameters", "macs", "moving", "momentum", "batch", "backward"])
def test_what_is_computed_by_hand_has_few_digits(kind):
    for drill in drawn(kind):
        if kind == "parameters":
            assert drill.answer < 100_000
        if kind == "moving":
            assert drill.numbers[1] <= 3
        written = [n for n in drill.texts.values() if isinstance(n, int)]
        assert all(abs(number) <= 250 for number in written)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", drills.KINDS)
def test_task_and_solution_are_worded_with_their_numbers(kind, language):
    texts = json.loads((LOCALES / language / "quiz.json").read_text("utf-8"))
    for drill in (drills.make(kind, seed) for seed in range(120)):
        for key in (drill.task, drill.why):
            told = texts[key].format(**drill.texts)
            assert "{" not in told and told.strip()
        if drill.form == "choice":  # the options tell the answer, not the text below them
            continue
        assert drills.shown(drill.answer) in texts[drill.why].format(**drill.texts) or (
            kind == "curve"  # which tells both curves, and leaves the difference to the reader
        )
    assert f"drill.name_{kind}" in texts


def test_parameters_and_multiply_adds_against_a_loop_over_weights():
    for drill in drawn("parameters"):
        kernel, inputs, outputs, norm = drill.numbers
        weights = sum(kernel * kernel for _ in range(inputs)) * outputs
        assert drill.answer == weights + outputs * (2 if norm else 1)
    for drill in drawn("macs"):
        kernel, inputs, outputs, side, stride = drill.numbers
        places = len(range(0, side, stride)) ** 2
        assert drill.answer == places * kernel**2 * inputs * outputs


def test_output_sides_against_sliding_the_kernel():
    for drill in drawn("size"):
        side, kernel, stride, padding = drill.numbers
        starts = [
            s for s in range(0, side + 2 * padding, stride) if s + kernel <= side + 2 * padding
        ]
        assert drill.answer == len(starts)


def reached(layers, index=0) -> tuple[int, int]:
    """First and last input pixel that one output sees, walking back layer by layer."""
    low = high = index
    for kernel, stride, dilation in reversed(layers):
        low, high = low * stride, high * stride + (kernel - 1) * dilation
    return low, high


@pytest.mark.parametrize("kind", ["stack", "dilated"])
def test_receptive_fields_against_walking_back_from_one_output(kind):
    for drill in drawn(kind):
        low, high = reached(drill.numbers)
        assert drill.answer == high - low + 1


def test_receptive_fields_of_a_net_against_walking_back_from_one_output():
    for drill in drawn("field"):
        depth, stage, block, conv = drill.numbers
        per_stage = (depth - 2) // 6
        layers = [(3, 1, 1)]
        for s in range(1, stage + 1):
            for b in range(1, (block if s == stage else per_stage) + 1):
                layers.append((3, 2 if s > 1 and b == 1 else 1, 1))
                if (s, b) != (stage, block) or conv == 2:
                    layers.append((3, 1, 1))
        low, high = reached(layers)
        assert drill.answer == high - low + 1


def test_shapes_against_walking_through_the_layers():
    for drill in drawn("shape"):
        net, side, stage, conv, width = drill.numbers
        channels = 0
        if net == "bottleneck":
            side = math.ceil(math.ceil(side / 2) / 2)  # the 7×7 and the pooling, both of stride 2
        for s in range(1, stage + 1):
            side = math.ceil(side / 2) if s > 1 else side
            channels = width if s == 1 else 2 * channels
        if net == "bottleneck" and conv == 3:
            channels *= 4
        assert drill.answer == (side, side, channels)


def test_blocks_against_a_sum_over_their_convolutions():
    def cost(convolutions):
        return sum(kernel * kernel * ins * outs for kernel, ins, outs in convolutions)

    for drill in drawn("blocks"):
        basic, outer, inner = drill.numbers
        bottleneck = cost([(1, outer, inner), (3, inner, inner), (1, inner, outer)])
        assert drill.answer == pytest.approx(100 * bottleneck / cost(2 * [(3, basic, basic)]))
    known = drills.of_numbers("blocks", 0, (64, 256, 64))
    assert known.answer == pytest.approx(100 * 69_632 / 73_728)  # He et al. 2015, figure 5


def test_the_backward_pass_against_finite_differences():
    def loss(inputs, kernel, upstream):
        outputs = [sum(w * inputs[i + k] for k, w in enumerate(kernel)) for i in range(3)]
        return sum(g * y for g, y in zip(upstream, outputs, strict=True))

    for drill in drawn("backward"):
        wanted, place, inputs, kernel, upstream = drill.numbers
        moved = list(kernel if wanted == "weight" else inputs)
        moved[place] += 1  # exact, for the loss is linear in each of them
        there = (inputs, moved) if wanted == "weight" else (moved, kernel)
        assert drill.answer == loss(*there, upstream) - loss(inputs, kernel, upstream)


def test_batch_norm_in_training_against_numpy():
    for drill in drawn("batch"):
        batch, place, _, _, gamma, beta = drill.numbers
        values = np.array(batch, float)
        normal = (values - values.mean()) / np.sqrt(values.var())
        assert drill.answer == pytest.approx(gamma * normal[place] + beta)


def test_momentum_against_the_form_that_keras_uses():
    for drill in drawn("momentum"):
        rate, momentum, weight, *gradients = drill.numbers
        velocity = 0.0
        for gradient in gradients:
            velocity = momentum * velocity - rate * gradient
            weight += velocity
        assert drill.answer == pytest.approx(weight) and len(gradients) == 3


def test_effective_batches_against_dealing_the_images_out():
    for drill in drawn("parallel"):
        variant, devices, each, pile, rate, images = drill.numbers
        one_update = sum(each for _ in range(pile) for _ in range(devices))
        updates, left = 0, images
        while left > 0:
            left, updates = left - one_update, updates + 1
        wanted = {"batch": one_update, "rate": rate / 256 * one_update, "updates": updates}
        assert drill.answer == pytest.approx(wanted[variant])


def test_option_b_costs_the_same_at_any_depth():
    """2,752 for width 16: the difference of the counts in He et al. 2015, whatever the depth."""
    for drill in drawn("shortcut"):
        _, w = drill.numbers
        assert drill.answer == w * 2 * w + 2 * 2 * w + 2 * w * 4 * w + 2 * 4 * w
    assert drills.of_numbers("shortcut", 0, (20, 16)).answer == 2752


def test_schedules_against_their_definition():
    for drill in drawn("cosine"):
        peak, warmup, steps, step = drill.numbers
        if step < warmup:
            assert drill.answer == pytest.approx(sum(peak / warmup for _ in range(step)))
            continue
        sixth = 6 * (step - warmup) // (steps - warmup)
        cosine = {1: math.sqrt(3) / 2, 2: 0.5, 3: 0.0, 4: -0.5, 5: -math.sqrt(3) / 2}[sixth]
        assert drill.answer == pytest.approx(peak * (1 + cosine) / 2)
    for drill in drawn("steps"):
        rate, first, second, epoch, factor = drill.numbers
        for now in range(1, epoch + 1):
            rate /= factor if now in (first, second) else 1
        assert drill.answer == pytest.approx(rate)


def test_batch_norm_step_by_step():
    for drill in drawn("moving"):
        momentum, steps, mean, value = drill.numbers
        for _ in range(steps):
            mean = momentum * mean + (1 - momentum) * value
        assert drill.answer == pytest.approx(mean)
    for drill in drawn("norm"):
        x, mean, deviation, gamma, beta = drill.numbers
        assert drill.answer == pytest.approx((x - mean) / math.sqrt(deviation**2) * gamma + beta)


@settings(deadline=None)
@given(some.sampled_from(sorted(drills.KINDS)), seeds)
def test_every_drill_has_a_finite_answer_that_its_own_text_grades_right(kind, seed):
    from study.practice.grading import grade
    from ui.quiz.drill_items import as_item

    drill = drills.make(kind, seed)
    item = as_item(drill)
    if drill.form == "choice":
        assert [key for key in drill.solved.options if grade(item, None, key).correct] == [
            drill.answer
        ]
        return
    typed = "×".join(map(str, drill.answer)) if drill.form == "shape" else f"{drill.answer:.9g}"
    assert grade(item, None, typed).correct
    assert grade(item, None, drills.shown(drill.answer)).correct
    assert not grade(item, None, "0 0 7" if drill.form == "shape" else "123456.789").correct


def test_charts_are_of_real_runs_whose_figures_the_answers_are():
    for drill in drawn("curve"):
        run, what, step = drill.numbers
        arms = recorded_curves.load(run)["arms"]
        mean = {
            arm: sum(arms[arm]["loss"][step - recorded_curves.WINDOW + 1 : step + 1])
            / recorded_curves.WINDOW
            for arm in ("plain", "residual")
        }
        wanted = mean["plain"] - mean["residual"] if what == "gap" else mean[what]
        assert drill.answer == pytest.approx(wanted)
    for drill in drawn("flow"):
        run, arm, early, late = drill.numbers
        norms = recorded_curves.load(run)["arms"][arm]["input_gradient"]
        assert 10**drill.answer == pytest.approx(norms[early - 1] / norms[late - 1])


@pytest.mark.parametrize("name", recorded_curves.names())
def test_kept_curves_say_where_they_come_from(name):
    told = recorded_curves.load(name)
    assert told["preset"] == name and told["data"].startswith("CIFAR-10") and told["versions"]
    for arm in told["arms"].values():
        assert arm["step"] == list(range(len(arm["loss"])))
        assert all(value is not None and value > 0 for value in arm["input_gradient"])
