"""Drills: exact by another way of computing, never twice the same, worded in both languages."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from study.practice import drills, recorded_curves

LOCALES = Path(__file__).resolve().parents[3] / "locales"
seeds = some.integers(0, 10**6)


def drawn(kind: str) -> list[drills.Drill]:
    return [drills.make(kind, seed) for seed in range(60)]


@pytest.mark.parametrize("kind", drills.KINDS)
def test_three_hundred_in_a_row_are_all_different(kind):
    used: set[str] = set()
    for _ in range(300):
        drill = drills.fresh(kind, used, seed=len(used))
        assert drill.key not in used
        used.add(drill.key)


@pytest.mark.parametrize("kind", drills.KINDS)
def test_a_drill_is_the_same_for_the_same_seed(kind):
    assert drills.make(kind, 7) == drills.make(kind, 7)
    assert len({drills.make(kind, seed).key for seed in range(50)}) > 25


def test_when_every_drill_was_used_it_says_so(monkeypatch):
    one = drills.KINDS["size"]
    monkeypatch.setitem(drills.KINDS, "size", drills.Kind(lambda rng: (32, 3, 1, 1), one.word))
    with pytest.raises(LookupError, match="every size drill"):
        drills.fresh("size", {drills.make("size", 0).key})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", drills.KINDS)
def test_task_and_solution_are_worded_with_their_numbers(kind, language):
    texts = json.loads((LOCALES / language / "quiz.json").read_text("utf-8"))
    for drill in drawn(kind):
        for words in (drill.task, drill.why):
            told = texts[words.key].format(**words.values)
            assert "{" not in told and told.strip()
    assert f"drill.name_{kind}" in texts


@pytest.mark.parametrize("kind", drills.KINDS)
def test_the_english_of_the_catalogue_is_that_of_the_source(kind):
    texts = json.loads((LOCALES / "en" / "quiz.json").read_text("utf-8"))
    for drill in drawn(kind):
        assert texts[drill.task.key].format(**drill.task.values) == drill.task.english


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
    for kernel, stride in reversed(layers):
        low, high = low * stride, high * stride + kernel - 1
    return low, high


def test_receptive_fields_against_walking_back_from_one_output():
    for drill in drawn("stack"):
        low, high = reached(drill.numbers)
        assert drill.answer == high - low + 1
    for drill in drawn("field"):
        depth, stage, block, conv = drill.numbers
        per_stage = (depth - 2) // 6
        layers = [(3, 1)]
        for s in range(1, stage + 1):
            for b in range(1, (block if s == stage else per_stage) + 1):
                layers.append((3, 2 if s > 1 and b == 1 else 1))
                if (s, b) != (stage, block) or conv == 2:
                    layers.append((3, 1))
        low, high = reached(layers)
        assert drill.answer == high - low + 1


def test_shapes_halve_and_double():
    for drill in drawn("shape"):
        _, width, stage, _, _ = drill.numbers
        side = 32 >> (stage - 1)
        assert drill.answer == (side, side, width << (stage - 1))


def test_option_b_costs_the_same_at_any_depth():
    """2,752 for width 16: the difference of the counts in He et al. 2015, whatever the depth."""
    for drill in drawn("shortcut"):
        _, w = drill.numbers
        assert drill.answer == w * 2 * w + 2 * 2 * w + 2 * w * 4 * w + 2 * 4 * w
    assert drills.KINDS["shortcut"].word("shortcut", 0, (20, 16)).answer == 2752


def test_schedules_against_their_definition():
    for drill in drawn("cosine"):
        peak, warmup, length, sixth = drill.numbers
        cosine = {1: math.sqrt(3) / 2, 2: 0.5, 3: 0.0, 4: -0.5, 5: -math.sqrt(3) / 2}[sixth]
        assert drill.answer == pytest.approx(peak * (1 + cosine) / 2)
    for drill in drawn("steps"):
        rate, first, second, epoch, factor = drill.numbers
        for now in range(1, epoch + 1):
            rate /= factor if now in (first, second) else 1
        assert drill.answer == pytest.approx(rate)


def test_batch_norm_step_by_step():
    for drill in drawn("moving"):
        momentum, steps, value = drill.numbers
        mean = 0.0
        for _ in range(steps):
            mean = momentum * mean + (1 - momentum) * value
        assert drill.answer == pytest.approx(mean)
    for drill in drawn("norm"):
        x, mean, deviation, gamma, beta = drill.numbers
        assert drill.answer == pytest.approx((x - mean) / math.sqrt(deviation**2) * gamma + beta)


@given(some.sampled_from(sorted(drills.KINDS)), seeds)
def test_every_drill_has_a_finite_answer_that_its_own_text_grades_right(kind, seed):
    from study.practice.grading import grade
    from ui.quiz.drill_items import as_item

    drill = drills.make(kind, seed)
    item = as_item(drill)
    typed = "×".join(map(str, drill.answer)) if drill.form == "shape" else f"{drill.answer:.9g}"
    assert grade(item, None, typed).correct
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
