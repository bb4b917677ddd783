"""The command that says why skips help, with a worker of its own, on tiny nets."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")


def why(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "resnet_core", "why", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=dict(os.environ), timeout=280
    )


def test_the_four_by_arm_and_layer_with_seconds_caveat_and_a_bar_on_stderr(own_home, cifar_sample):
    done = why("--depth", "8", "--width", "4", "--data", str(cifar_sample), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert list(told) == ["shatter", "precision", "lesion", "paths"]
    for one in told.values():
        assert set(one["figures"]) == {"residual", "plain"}
        assert one["seconds"] > 0 and one["caveat"] and "arXiv" in one["paper"]
        assert one["weights"] == "initial", "nothing ships for nets of this size"
    assert 0 < told["shatter"]["figures"]["plain"]["lag_1"]["stem_conv"] <= 1
    assert 0.9 < told["precision"]["figures"]["residual"]["bfloat16"]["head"] <= 1.001
    assert set(told["lesion"]["figures"]["plain"]["without"]) == {
        f"stage{stage}_block1" for stage in (1, 2, 3)
    }
    assert told["paths"]["figures"]["plain"]["mean_length"] == 3.0
    assert "8/8" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--depth", "9"), "depth"),
        (("--data", "/nowhere"), "/nowhere"),
        (("--weights", "../x", "--only", "paths"), "weights"),
    ],
)
def test_what_cannot_be_measured_is_a_sentence(own_home, arguments, said):
    done = why(*arguments)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
