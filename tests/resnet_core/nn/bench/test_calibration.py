"""The machine's speed is measured in pieces, stored once, and not measured again."""

import pytest

from base import folders
from resnet_core import jobs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

pytestmark = pytest.mark.tf
pytest.importorskip("tensorflow")
from resnet_core.nn.bench import calibration  # noqa: E402


@pytest.fixture
def home(own_home):
    folders.home().mkdir(parents=True)


def test_twins_are_really_prepared_and_trained():
    twins = calibration.Twins(Experiment.twins("t", NetConfig(8, 4), TrainConfig(batch=2)))
    assert sum(twins.pieces()) == 2 + calibration.STEPS
    assert 0 < twins.step_s < twins.prepare_s


def test_every_precision_and_width_is_measured_and_compared_with_the_typical(home, monkeypatch):
    class Twins:
        """Take twice the typical seconds in float32, three times in bfloat16."""

        def __init__(self, experiment):
            times = {"float32": 2, "bfloat16": 3}[experiment.train.precision]
            self.step_s = times * jobs.typical_step_seconds(experiment)
            self.prepare_s = 4 * jobs.typical_preparing_seconds(28)

        def pieces(self):
            yield True

    monkeypatch.setattr(calibration, "Twins", Twins)
    measuring = calibration.Calibration()
    assert sum(iter(measuring.next, False)) == 4
    found = jobs.machine_measured()
    assert found.preparing == 4
    assert found.steps == {
        "float32": {"8": 2.0, "16": 2.0},
        "bfloat16": {"8": 3.0, "16": 3.0},
    }
    assert not calibration.Calibration().next(), "it is known from now on"
