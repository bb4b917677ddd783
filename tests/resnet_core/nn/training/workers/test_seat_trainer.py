"""What a seat of a cluster trains with: images that were sent along, cores that it was given."""

import pytest

from resnet_core.data import lent, synthetic

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn import runtime  # noqa: E402
from resnet_core.nn.training.images import dataset  # noqa: E402


def test_a_run_uses_the_images_that_were_lent_and_looks_for_no_file(monkeypatch, tmp_path):
    from dataclasses import replace

    monkeypatch.setattr(lent, "_lent", {})
    data = replace(synthetic.load(), name="cifar10")
    lent.lend(data)
    assert dataset("cifar10", str(tmp_path / "nowhere")) is data


@pytest.mark.parametrize(("arms", "threads"), [(1, 3), (2, 3), (3, 1), (4, 1)])
def test_a_seat_shares_the_cores_that_it_was_given(monkeypatch, arms, threads):
    monkeypatch.setenv(runtime.CORES, "3")
    assert runtime.available() == 3 and runtime.threads(arms) == threads
