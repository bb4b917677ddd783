"""The machine's own speed: kept, void on another processor, and what estimates follow from."""

import pytest

from base import folders
from resnet_core import jobs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import machine_speed

STEPS = {"float32": {"8": 0.5, "16": 1.0}, "bfloat16": {"8": 3.0, "16": 2.0}}


@pytest.fixture
def home(own_home):
    folders.home().mkdir(parents=True)
    return folders.home()


def seconds(precision: str, width: int, steps: int) -> float:
    train = TrainConfig(steps=steps, precision=precision)
    return jobs.estimate(
        Experiment.twins("e", NetConfig(20, width), train, dataset="synthetic")
    ).seconds


def typical(precision: str, width: int) -> float:
    train = TrainConfig(precision=precision)
    return jobs.typical_step_seconds(Experiment.twins("e", NetConfig(20, width), train))


@pytest.mark.parametrize("precision", STEPS)
@pytest.mark.parametrize("width", [8, 16])
def test_each_precision_and_width_is_estimated_by_its_own_factor(home, precision, width):
    jobs.note_machine(STEPS, 1.0)
    of_a_step = (seconds(precision, width, 2100) - seconds(precision, width, 100)) / 2000
    expected = STEPS[precision][str(width)] * typical(precision, width)
    assert of_a_step == pytest.approx(expected, rel=0.01)


def test_a_width_between_two_that_were_measured_lies_between_them(home):
    jobs.note_machine(STEPS, 1.0)
    factor = (seconds("bfloat16", 12, 2100) - seconds("bfloat16", 12, 100)) / 2000
    assert 2.0 < factor / typical("bfloat16", 12) < 3.0


def test_a_machine_that_is_slow_to_trace_starts_later(home):
    jobs.note_machine(STEPS, 1.0)
    quick = seconds("float32", 16, 10)
    jobs.note_machine(STEPS, 3.0)
    assert seconds("float32", 16, 10) > 1.5 * quick


def test_figures_of_another_processor_are_void(home, monkeypatch):
    jobs.note_machine(STEPS, 1.0)
    assert jobs.machine_measured().steps == STEPS
    monkeypatch.setattr(machine_speed, "kind", lambda: "another, 64 cores")
    assert jobs.machine_measured() is None


@pytest.mark.parametrize(
    "damage", ["", "[]", '{"kind": 3}', "[" * 9999], ids=["empty", "list", "kind", "deep"]
)
def test_a_damaged_file_is_none(home, damage):
    (home / machine_speed.MACHINE_FILE).write_text(damage)
    assert jobs.machine_measured() is None


def test_the_processor_has_a_name():
    assert machine_speed.kind().endswith(" cores") and len(machine_speed.kind()) > len("1 cores")
