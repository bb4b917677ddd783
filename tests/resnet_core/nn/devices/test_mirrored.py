"""One run on the devices of one machine: two logical processors, and a GPU where there is one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.tf, pytest.mark.timeout(900)]

tf = pytest.importorskip("tensorflow")

ROOT = Path(__file__).resolve().parents[4]


def on(*devices: str) -> dict:
    """Return what the steps on these devices gave."""
    command = [sys.executable, "-m", "tests.resnet_core.nn.devices.mirrored", *devices]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=800)
    assert done.returncode == 0, done.stderr
    told: dict = json.loads(done.stdout.splitlines()[-1])
    return told


def test_two_devices_take_the_steps_of_one_and_keep_the_same_weights():
    told = on("CPU:0", "CPU:1")
    assert len(set(told["places"])) == 2 and told["same"]
    assert told["shared"] == pytest.approx(told["alone"], rel=1e-4)
    assert len(set(told["shared"])) == 4, "the net learns"
    uneven, dropout = told["refused"]
    assert "A batch of 7 cannot be split evenly over 2 devices" in uneven
    assert "cannot have dropout" in dropout


def test_a_run_on_one_gpu_keeps_its_weights_there():
    if not tf.config.list_physical_devices("GPU"):
        pytest.skip("this machine has no GPU that TensorFlow sees, so nothing can be placed on one")
    told = on("GPU:0")
    assert all("GPU:0" in place for place in told["places"])
    assert told["shared"] == pytest.approx(told["alone"], rel=1e-3)
