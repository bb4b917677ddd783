"""The machine's speed is measured in pieces, stored once, and not measured again."""

import pytest

from base import folders
from resnet_core import jobs
from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf
pytest.importorskip("tensorflow")
from resnet_core.nn.bench import calibration  # noqa: E402


@pytest.fixture
def home(own_home):
    folders.home().mkdir(parents=True)


def test_a_net_is_really_built_and_trained():
    step_s, prepare_s = calibration.twins_seconds(NetConfig(8, 4), "float32")
    assert 0 < step_s < prepare_s


def test_every_precision_and_width_is_measured_and_compared_with_the_typical(home, monkeypatch):
    asked = []

    def seconds(net, precision):
        asked.append((precision, net.width))
        return {"float32": 0.2, "bfloat16": 0.8}[precision] / net.width, 2.0

    monkeypatch.setattr(calibration, "twins_seconds", seconds)
    measuring = calibration.Calibration()
    while measuring.next():
        pass
    found = jobs.machine_measured()
    assert asked == [("float32", 8), ("float32", 16), ("bfloat16", 8), ("bfloat16", 16)]
    assert found.preparing == pytest.approx(2.0 / jobs.typical_preparing_seconds(28), rel=0.01)
    low, high = (found.steps[precision] for precision in ("float32", "bfloat16"))
    assert high["16"] > 4 * low["16"], "bfloat16 takes fewer seconds on the typical machine"
    assert not calibration.Calibration().next(), "it is known from now on"
